using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKCS5v21;
using CkiSdk.Asn1.Modules.PKCS8;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;
using CkiSdk.Crypto;
using CkiSdk.Pki.Pem;

namespace CkiSdk.Pki.Keys;

/// <summary>Reads keys out of files of every usual form: PEM or DER, PKCS #1, PKCS #8, SEC 1, encrypted in the new ways and the old, public keys.</summary>
public static class KeyFile
{
    private static readonly string[] Labels =
        ["PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "PUBLIC KEY", "RSA PUBLIC KEY"];

    /// <summary>Reads the first key of a file.</summary>
    /// <param name="content">The file, PEM or DER; the caller zeroes its own copy.</param>
    /// <param name="password">The password in UTF-8, for a key that is encrypted; it is not looked at for one that is not.</param>
    /// <param name="limits">What the file may ask for; by default <see cref="KeyFileLimits.Default"/>.</param>
    /// <returns>The key, which the caller disposes. It may be weak: see <see cref="ParsedKey.Finding"/>.</returns>
    /// <exception cref="KeyFileException">There is no key in the file, or it cannot be read; <see cref="KeyFileException.Code"/> says why.</exception>
    public static ParsedKey Read(ReadOnlySpan<byte> content, Secret? password = null, KeyFileLimits? limits = null)
    {
        limits ??= KeyFileLimits.Default;
        if (content.Length > limits.MaxLength)
            throw new KeyFileException(KeyFileError.LimitExceeded, $"The file is longer than {limits.MaxLength} octets.");
        if (!PemBlocks.IsPem(content))
        {
            using var der = Secret.From(content);
            return ReadDer(der, null, password, limits);
        }

        using var block = FindBlock(content) ?? throw new KeyFileException(KeyFileError.NoKey, "The file is PEM, and none of its blocks is a key.");
        if (block.Encryption is not { } encryption)
            return ReadDer(block.Content, block.Label, password, limits);
        using var decrypted = TraditionalEncryption.Decrypt(encryption, block.Content.Span, Required(password));
        return Decrypted(decrypted, block.Label);
    }

    private static PemBlock? FindBlock(ReadOnlySpan<byte> content)
    {
        try
        {
            return PemBlocks.Find(content, label => Labels.Contains(label, StringComparer.Ordinal));
        }
        catch (FormatException e)
        {
            throw new KeyFileException(KeyFileError.Malformed, e.Message, e);
        }
    }

    private static ParsedKey ReadDer(Secret der, string? label, Secret? password, KeyFileLimits limits)
    {
        if (EncryptedPrivateKeyInfo.TryDecode(der.Memory, out var encrypted))
        {
            using var pkcs8 = Decrypt(encrypted, Required(password), limits);
            return Decrypted(pkcs8, "PRIVATE KEY");
        }

        return TryRead(der, wasEncrypted: false) ?? throw new KeyFileException(
            label is null ? KeyFileError.NoKey : KeyFileError.Malformed,
            label is null ? "The file is no PEM, and no DER of a key." : $"The PEM \"{label}\" holds no such key.");
    }

    // What decrypts to something else was decrypted by a wrong password that the padding did not show.
    private static ParsedKey Decrypted(Secret der, string label) =>
        label != "PUBLIC KEY" && TryRead(der, wasEncrypted: true) is { } key ? key : throw LegacyPbe.Wrong();

    private static Secret Decrypt(EncryptedPrivateKeyInfo encrypted, Secret password, KeyFileLimits limits)
    {
        var algorithm = encrypted.EncryptionAlgorithm;
        var data = encrypted.EncryptedData.Value.Span;
        if (algorithm.Algorithm != PKCS5v21Values.IdPBES2)
            return LegacyPbe.Decrypt(algorithm, data, password, limits);
        return algorithm.Parameters is { } encoded && PBES2Params.TryDecode(encoded.Encoded, out var parameters)
            ? Pbes2.Decrypt(parameters, data, password, limits)
            : throw LegacyPbe.Unsupported("The parameters of PBES2 are malformed.");
    }

    private static ParsedKey? TryRead(Secret der, bool wasEncrypted)
    {
        var encoded = der.Memory;
        if (PrivateKeyInfo.TryDecode(encoded, out var info))
            return Private(wasEncrypted ? KeyForm.EncryptedPkcs8 : KeyForm.Pkcs8, wasEncrypted, info, der.Copy());
        if (RSAPrivateKey.TryDecode(encoded, out _))
            return Private(KeyForm.Pkcs1, wasEncrypted, PrivateKeyParts.FromPkcs1(der));
        if (ECPrivateKey.TryDecode(encoded, out var ec))
            return ec.Parameters is { } curve ? Private(KeyForm.Sec1, wasEncrypted, PrivateKeyParts.FromSec1(der, curve)) : null;
        if (SubjectPublicKeyInfo.TryDecode(encoded, out _))
            return new ParsedKey(KeyForm.Public, wasEncrypted, encoded.ToArray(), pkcs8: null);
        return RSAPublicKey.TryDecode(encoded, out _)
            ? new ParsedKey(KeyForm.Pkcs1Public, wasEncrypted, PrivateKeyParts.RsaPublic(encoded), pkcs8: null)
            : null;
    }

    private static ParsedKey Private(KeyForm form, bool wasEncrypted, Secret pkcs8) =>
        Private(form, wasEncrypted, PrivateKeyInfo.Decode(pkcs8.Memory), pkcs8);

    private static ParsedKey Private(KeyForm form, bool wasEncrypted, PrivateKeyInfo info, Secret pkcs8)
    {
        try
        {
            var publicKey = PrivateKeyParts.PublicOf(info);
            if (PrivateKeyParts.WithoutCompressedPoint(info, publicKey) is { } whole)
            {
                pkcs8.Dispose();
                pkcs8 = whole;
            }

            return new ParsedKey(form, wasEncrypted, publicKey, pkcs8);
        }
        catch
        {
            pkcs8.Dispose();
            throw;
        }
    }

    private static Secret Required(Secret? password) =>
        password ?? throw new KeyFileException(KeyFileError.PasswordMissing, "The key is encrypted, and there is no password.");
}
