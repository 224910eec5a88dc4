using System.Security.Cryptography;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Holds the certificates of the authorities that this machine trusts: real ones, of all ages and algorithms.</summary>
internal static class CertificateBundle
{
    private const string File = "/etc/ssl/certs/ca-certificates.crt";

    private static readonly Lazy<byte[][]> Certificates = new(Load);

    /// <summary>Gets the DER of each certificate.</summary>
    public static byte[][] Encoded => Certificates.Value;

    private static byte[][] Load()
    {
        var rest = System.IO.File.ReadAllText(File).AsSpan();
        var certificates = new List<byte[]>();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            certificates.Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
            rest = rest[fields.Location.End..];
        }

        return [.. certificates];
    }
}
