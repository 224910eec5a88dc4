using System.Security.Cryptography;

namespace CkiSdk.Pki.Certificates;

/// <summary>Reads the certificates of a PEM text.</summary>
public static class CertificatePem
{
    /// <summary>Reads all certificates in their order; blocks of other kinds and text between blocks are passed over (RFC 7468 §2, §5).</summary>
    /// <param name="pem">The text.</param>
    /// <returns>The certificates, decoded one by one.</returns>
    /// <exception cref="FormatException">One is malformed.</exception>
    public static IEnumerable<Certificate> ReadAll(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        return Read(pem);
    }

    private static IEnumerable<Certificate> Read(string pem)
    {
        for (var start = 0; PemEncoding.TryFind(pem.AsSpan(start), out var fields);)
        {
            var block = pem[start..];
            if (block[fields.Label] == "CERTIFICATE")
                yield return Certificate.Decode(Convert.FromBase64String(block[fields.Base64Data]));
            start += fields.Location.End.GetOffset(block.Length);
        }
    }
}
