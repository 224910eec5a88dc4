using System.Security.Cryptography;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Benchmarks.Timing;

/// <summary>Lists what is done with symmetric secrets: paddings, tags and key wraps of contents, and derivations.</summary>
internal static class SymmetricTargets
{
    private const int Many = 100_000;
    private const int Some = 20_000;
    private static readonly CryptoProvider Provider = CryptoProviders.Software;

    /// <summary>Gives the targets.</summary>
    public static IEnumerable<TimingTarget> All() =>
    [
        Padding(),
        Tag(),
        Unwrap("AES key unwrap: one wrong wrap or random ones", static (key, octets) => Provider.KeyWrap.Unwrap(key, octets.Span)),
        Unwrap("AES key unwrap with padding: one wrong wrap or random ones", static (key, octets) => Provider.KeyWrap.UnwrapPadded(key, octets.Span)),
        Of("HKDF-SHA-256: a secret of zeros or random ones", 32, static secret =>
        {
            using var key = Hkdf.Extract([], secret);
            Hkdf.Expand(key, [], 48).Dispose();
        }),
        Of("X9.63 derivation, SHA-256: a secret of zeros or random ones", 32, static secret => X963Kdf.Derive(DigestAlgorithm.Sha256, secret, [1, 2, 3], 32).Dispose()),
        Of("exponent of ffdhe2048 from derived octets: zeros or random ones", DhGroups.Ffdhe2048.CandidateLength, static secret => DhGroups.Ffdhe2048.ExponentFrom(secret).Dispose()),
    ];

    // Vaudenay's question: is the last octet a possible length, or does the padding only go wrong before it? Both are refused.
    private static TimingTarget Padding()
    {
        using var aes = Aes.Create();
        var (key, iv) = (Secret.From(aes.Key), aes.IV);
        var plaintext = RandomNumberGenerator.GetBytes(64);
        plaintext.AsSpan(48).Fill(16);
        byte[] badLength = Encrypted(aes, plaintext, 63, 0), badOctet = Encrypted(aes, plaintext, 48, 15);
        var buffer = new byte[128];
        return TimingTarget.Of(
            "CBC padding: its length out of range, or its first octet wrong", Many, () => badLength, () => badOctet,
            ciphertext =>
            {
                var decryptor = Provider.ContentStreams.Decrypt(ContentEncryption.Aes256Cbc, key, iv, []);
                decryptor.Update(ciphertext.Span, buffer);
                return decryptor;
            },
            (decryptor, _) =>
            {
                Harness.Sink.Take(decryptor.TryFinish([], buffer, out var written) ? 1 : written);
                decryptor.Dispose();
            });
    }

    private static byte[] Encrypted(Aes aes, byte[] plaintext, int index, byte value)
    {
        var changed = (byte[])plaintext.Clone();
        changed[index] = value;
        return aes.EncryptCbc(changed, aes.IV, PaddingMode.None);
    }

    private static TimingTarget Tag()
    {
        var (key, nonce, ciphertext, tag) = (Secret.Random(32, Provider.Random), new byte[12], new byte[64], new byte[16]);
        using (var encryptor = Provider.ContentStreams.Encrypt(ContentEncryption.Aes256Gcm, key, nonce, []))
        {
            encryptor.Update(ciphertext.AsSpan(0, 32), ciphertext);
            encryptor.Finish(ciphertext.AsSpan(32), tag);
        }

        byte[] badFirst = [(byte)(tag[0] ^ 1), .. tag[1..]], badLast = [.. tag[..^1], (byte)(tag[^1] ^ 1)];
        var buffer = new byte[96];
        return TimingTarget.Of(
            "GCM tag: wrong in its first or in its last octet", Many, () => badFirst, () => badLast,
            _ =>
            {
                var decryptor = Provider.ContentStreams.Decrypt(ContentEncryption.Aes256Gcm, key, nonce, []);
                decryptor.Update(ciphertext.AsSpan(0, 32), buffer);
                return decryptor;
            },
            (decryptor, wrong) =>
            {
                Harness.Sink.Take(decryptor.TryFinish(wrong.Span, buffer, out var written) ? 1 : written);
                decryptor.Dispose();
            });
    }

    private static TimingTarget Unwrap(string name, Func<Secret, Secret, Secret?> unwrap)
    {
        var key = Secret.Random(32, Provider.Random);
        var one = RandomNumberGenerator.GetBytes(40);
        return TimingTarget.Of(name, Some, () => one, () => RandomNumberGenerator.GetBytes(40), octets => unwrap(key, octets)?.Dispose());
    }

    private static TimingTarget Of(string name, int length, Action<Secret> operation) =>
        TimingTarget.Of(name, Some, () => new byte[length], () => RandomNumberGenerator.GetBytes(length), operation);
}
