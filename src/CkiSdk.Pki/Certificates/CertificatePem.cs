using CkiSdk.Pki.Pem;

namespace CkiSdk.Pki.Certificates;

/// <summary>Reads the certificates of a PEM text.</summary>
public static class CertificatePem
{
    /// <summary>Reads all certificates in their order; the old label X509 CERTIFICATE counts, too; blocks of other kinds and text between blocks are passed over (RFC 7468 §2, §5).</summary>
    /// <param name="pem">The text.</param>
    /// <returns>The certificates, decoded one by one.</returns>
    /// <exception cref="FormatException">One is malformed.</exception>
    public static IEnumerable<Certificate> ReadAll(string pem) => PemBlocks.FindAll(pem, "CERTIFICATE", "X509 CERTIFICATE").Select(der => Certificate.Decode(der));
}
