using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Moves private keys between the framework's keys, PrivateKeyInfo (RFC 5208 §5) and PEM (RFC 7468 §10).</summary>
public static class Pkcs8
{
    private const string Label = "PRIVATE KEY";

    /// <summary>Takes the PrivateKeyInfo out of a PEM text.</summary>
    /// <param name="pem">Text with one unencrypted "PRIVATE KEY"; the caller clears its own copy.</param>
    /// <returns>The DER, owned by the caller.</returns>
    /// <exception cref="FormatException">There is no such PEM in the text.</exception>
    public static Secret FromPem(ReadOnlySpan<char> pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields) || !pem[fields.Label].SequenceEqual(Label))
            throw new FormatException("The text holds no PEM \"PRIVATE KEY\".");
        var der = new Secret(fields.DecodedDataLength);
        if (Convert.TryFromBase64Chars(pem[fields.Base64Data], der.Span, out _))
            return der;
        der.Dispose();
        throw new FormatException("The PEM is not valid base64.");
    }

    /// <summary>Writes a PrivateKeyInfo as PEM.</summary>
    /// <param name="pkcs8">The DER.</param>
    /// <returns>The text, which is as secret as the key: write it where only its owner reads it, then clear the array.</returns>
    public static char[] ToPem(Secret pkcs8)
    {
        ArgumentNullException.ThrowIfNull(pkcs8);
        return PemEncoding.Write(Label, pkcs8.Span);
    }

    /// <summary>Exports a key of the framework.</summary>
    internal static Secret Export(AsymmetricAlgorithm key)
    {
        for (var length = 512; ; length *= 2)
        {
            using var buffer = new Secret(length);
            if (key.TryExportPkcs8PrivateKey(buffer.Span, out var written))
                return Secret.From(buffer.Span[..written]);
        }
    }

    /// <summary>Imports into an empty key of the framework; the whole input must be used.</summary>
    /// <exception cref="CryptoProviderException">The octets are no key of this kind.</exception>
    internal static T Import<T>(T empty, Secret pkcs8)
        where T : AsymmetricAlgorithm
    {
        ArgumentNullException.ThrowIfNull(pkcs8);
        try
        {
            empty.ImportPkcs8PrivateKey(pkcs8.Span, out var read);
            if (read == pkcs8.Length)
                return empty;
        }
        catch (CryptographicException)
        {
            // Refused below in our own words: the reason could say something about the key.
        }

        empty.Dispose();
        throw new CryptoProviderException(CryptoError.InvalidKey, "The octets are no private key of the expected kind.");
    }
}
