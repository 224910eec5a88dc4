using System.Security.Cryptography;
using CkiSdk.Benchmarks.Harness;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Benchmarks.Timing;

/// <summary>Lists the operations where a secret meets arithmetic, padding or comparison, each with two classes of inputs.</summary>
internal static class TimingTargets
{
    private const int Many = 100_000;
    private const int Some = 20_000;
    private const int Eight = 8;

    private delegate bool Comparer(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    /// <summary>Gives all targets.</summary>
    public static IEnumerable<TimingTarget> All() =>
    [
        .. Exponentiation(DhGroups.Ffdhe2048),
        RsaDecryption(),
        Oaep(),
        Pkcs1(),
        .. SymmetricTargets.All(),
        .. EllipticTargets.All(),
        Comparison("comparison of 16 octets: equal or different in the first one", isLeaky: false, (left, right) => CryptographicOperations.FixedTimeEquals(left, right), 16),
        Comparison("comparison of 32 octets: equal or different in the first one", isLeaky: false, (left, right) => CryptographicOperations.FixedTimeEquals(left, right), 32),
        Comparison("control: SequenceEqual of 4096 octets, which stops at a difference", isLeaky: true, (left, right) => left.SequenceEqual(right), 4096),
    ];

    private static TimingTarget[] Exponentiation(DhGroup group)
    {
        var arithmetic = new LibCryptoDiffieHellman();
        using var any = Exponents.Random(group);
        var peer = arithmetic.PublicValue(group, any);
        byte[] Sparse() => [1, .. new byte[group.ExponentLength - 2], 1]; // as long as an exponent can be: the greatest ones have one bit in their first octet
        return
        [
            TimingTarget.Of($"{group.Name} own base: exponent of two bits or random", Some, Sparse, () => Exponents.Octets(group, 1), exponent => arithmetic.PublicValue(group, exponent)),
            TimingTarget.Of($"{group.Name} own base, eight at once: exponents of two bits or random", Some, () => [.. Enumerable.Range(0, Eight).SelectMany(_ => Sparse())], () => Exponents.Octets(group, Eight), exponents => arithmetic.PublicValues(group, exponents.Span)),
            TimingTarget.Of($"{group.Name} variable base: exponent of two bits or random", Some, Sparse, () => Exponents.Octets(group, 1), exponent => arithmetic.Agree(group, exponent, peer).Dispose()),
        ];
    }

    // Fixed or random ciphertexts, none of which has a padding.
    private static TimingTarget RsaDecryption()
    {
        var key = CryptoProviders.Software.Keys.CreateDecryptionKeyAsync(KeyAlgorithm.Rsa2048).AsTask().GetAwaiter().GetResult();
        var one = Ciphertext();
        return TimingTarget.Of(
            "RSA-2048 decryption: one ciphertext or random ones", Some, () => one, Ciphertext,
            ciphertext => key.DecryptAsync(ciphertext.Memory).AsTask().GetAwaiter().GetResult()?.Dispose());
    }

    // Manger's question: is the first octet zero?
    private static TimingTarget Oaep()
    {
        var (rejection, ciphertext, source) = (new Secret(32), new byte[256], RandomNumberGenerator.GetBytes(255));
        return TimingTarget.Of(
            "OAEP: the first octet wrong, or the hash of the label", Many, () => [1, .. source], () => [0, .. source],
            padded => RsaPaddings.Remove(RsaEncryptionScheme.OaepSha256, padded, ciphertext, rejection)?.Dispose());
    }

    // Bleichenbacher's question: does it begin with 00 02? Both are rejected, to the same message, because the ciphertext is the same.
    private static TimingTarget Pkcs1()
    {
        var (rejection, ciphertext) = (new Secret(32), new byte[256]);
        byte[] noEnd = [2, .. Enumerable.Repeat((byte)7, 254)];
        return TimingTarget.Of(
            "RSAES-PKCS1-v1_5: the first octets wrong, or no end of the padding", Many, () => [9, .. noEnd], () => [0, .. noEnd],
            padded => RsaPaddings.Remove(RsaEncryptionScheme.Pkcs1, padded, ciphertext, rejection)?.Dispose());
    }

    private static TimingTarget Comparison(string name, bool isLeaky, Comparer compare, int length)
    {
        var tag = RandomNumberGenerator.GetBytes(length);
        byte[] different = [(byte)(tag[0] ^ 1), .. tag[1..]];
        return TimingTarget.Of(name, Many, () => tag, () => different, other =>
        {
            for (var i = 0; i < 32; i++)
                Sink.Take(System.Runtime.CompilerServices.Unsafe.BitCast<bool, byte>(compare(tag, other.Span)));
        }) with
        { IsLeaky = isLeaky };
    }

    private static byte[] Ciphertext()
    {
        var ciphertext = RandomNumberGenerator.GetBytes(256);
        ciphertext[0] &= 0x3F; // below every modulus of 2048 bits
        return ciphertext;
    }
}
