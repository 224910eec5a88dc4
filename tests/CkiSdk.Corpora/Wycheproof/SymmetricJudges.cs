using System.Security.Cryptography;
using System.Text.Json;
using CkiSdk.Crypto;

namespace CkiSdk.Corpora.Wycheproof;

/// <summary>Judges AES-GCM, AES-CBC, key wrap and HMAC.</summary>
internal static class SymmetricJudges
{
    public static Func<JsonElement, bool>? For(WycheproofGroup group) => group.Algorithm switch
    {
        "AES-GCM" when group.Number("ivSize") == 96 && group.Number("tagSize") == 128 => Gcm,
        "AES-WRAP" or "AES-KW" or "KW" => KeyWrap,
        "AES-KWP" or "KWP" => PaddedKeyWrap,
        var name when name.StartsWith("HMACSHA", StringComparison.Ordinal) && WycheproofGroup.HashNamed(name[4..]) is { } hash => test => Hmac(hash, group.Number("tagSize")!.Value / 8, test),
        "AES-CBC-PKCS5" => Cbc,
        _ => null,
    };

    private static bool Gcm(JsonElement test)
    {
        using var key = Secret.From(Judges.Octets(test, "key"));
        var (nonce, associated) = (Judges.Octets(test, "iv"), Judges.Octets(test, "aad"));
        var (message, ciphertext, tag) = (Judges.Octets(test, "msg"), Judges.Octets(test, "ct"), Judges.Octets(test, "tag"));
        using var plaintext = Judges.Provider.ContentCipher.Decrypt(key, nonce, ciphertext, tag, associated);
        var (inPieces, _) = InPieces(GcmOf(key), key, nonce, ciphertext, tag, associated);
        if ((plaintext is null) != (inPieces is null) || (plaintext is not null && !plaintext.FixedTimeEquals(inPieces)))
            throw new InvalidOperationException("The two ways to decrypt AES-GCM differ.");
        if (plaintext is null)
            return false;
        var (again, againTag) = (new byte[message.Length], new byte[16]);
        Judges.Provider.ContentCipher.Encrypt(key, nonce, message, associated, again, againTag);
        return plaintext.FixedTimeEquals(message) && again.AsSpan().SequenceEqual(ciphertext) && againTag.AsSpan().SequenceEqual(tag);
    }

    private static bool Cbc(JsonElement test)
    {
        using var key = Secret.From(Judges.Octets(test, "key"));
        var algorithm = key.Length switch { 16 => ContentEncryption.Aes128Cbc, 24 => ContentEncryption.Aes192Cbc, _ => ContentEncryption.Aes256Cbc };
        var (message, again) = InPieces(algorithm, key, Judges.Octets(test, "iv"), Judges.Octets(test, "ct"), [], []);
        return message is not null && message.AsSpan().SequenceEqual(Judges.Octets(test, "msg")) && again.AsSpan().SequenceEqual(Judges.Octets(test, "ct"));
    }

    private static ContentEncryption GcmOf(Secret key) => key.Length switch { 16 => ContentEncryption.Aes128Gcm, 24 => ContentEncryption.Aes192Gcm, _ => ContentEncryption.Aes256Gcm };

    // Decrypts octet by octet, and encrypts what came out again.
    private static (byte[]? Message, byte[] Again) InPieces(ContentEncryption algorithm, Secret key, byte[] nonce, byte[] ciphertext, byte[] tag, byte[] associated)
    {
        var (message, length) = (new byte[ciphertext.Length + 64], 0);
        using (var decryptor = Judges.Provider.ContentStreams.Decrypt(algorithm, key, nonce, associated))
        {
            for (var i = 0; i < ciphertext.Length; i++)
                length += decryptor.Update(ciphertext.AsSpan(i, 1), message.AsSpan(length));
            if (!decryptor.TryFinish(tag, message.AsSpan(length), out var rest))
                return (null, []);
            length += rest;
        }

        var again = new byte[length + 64];
        using var encryptor = Judges.Provider.ContentStreams.Encrypt(algorithm, key, nonce, associated);
        var written = encryptor.Update(message.AsSpan(0, length), again);
        written += encryptor.Finish(again.AsSpan(written), new byte[tag.Length]);
        return (message[..length], again[..written]);
    }

    private static bool KeyWrap(JsonElement test) => Unwraps(
        test, (wrapping, wrapped) => Judges.Provider.KeyWrap.Unwrap(wrapping, wrapped), (wrapping, key) => Judges.Provider.KeyWrap.Wrap(wrapping, key));

    private static bool PaddedKeyWrap(JsonElement test) => Unwraps(
        test, (wrapping, wrapped) => Judges.Provider.KeyWrap.UnwrapPadded(wrapping, wrapped), (wrapping, key) => Judges.Provider.KeyWrap.WrapPadded(wrapping, key));

    private static bool Unwraps(JsonElement test, Func<Secret, byte[], Secret?> unwrap, Func<Secret, Secret, byte[]> wrap)
    {
        using var wrapping = Secret.From(Judges.Octets(test, "key"));
        using var message = Secret.From(Judges.Octets(test, "msg"));
        var ciphertext = Judges.Octets(test, "ct");
        using var key = unwrap(wrapping, ciphertext);
        return key is not null && key.FixedTimeEquals(message.Span) && wrap(wrapping, message).AsSpan().SequenceEqual(ciphertext);
    }

    private static bool Hmac(DigestAlgorithm hash, int length, JsonElement test)
    {
        var name = new HashAlgorithmName(hash.ToString().ToUpperInvariant());
        var mac = CryptographicOperations.HmacData(name, Judges.Octets(test, "key"), Judges.Octets(test, "msg"));
        return CryptographicOperations.FixedTimeEquals(mac.AsSpan(0, length), Judges.Octets(test, "tag"));
    }
}
