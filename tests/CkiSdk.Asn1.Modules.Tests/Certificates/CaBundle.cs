using System.Security.Cryptography;
using System.Text;

namespace CkiSdk.Asn1.Modules.Tests.Certificates;

/// <summary>Reads the certificates of the machine's authorities.</summary>
internal static class CaBundle
{
    private const string File = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>Returns the DER of each certificate.</summary>
    /// <exception cref="InvalidOperationException">The machine has no bundle.</exception>
    public static IReadOnlyList<byte[]> Read()
    {
        if (!System.IO.File.Exists(File))
        {
            throw new InvalidOperationException($"{File} is missing; install the package ca-certificates.");
        }

        var text = System.IO.File.ReadAllText(File, Encoding.ASCII);
        var certificates = new List<byte[]>();
        for (var start = 0; PemEncoding.TryFind(text.AsSpan(start), out var fields); start += fields.Location.End.Value)
        {
            certificates.Add(Convert.FromBase64String(text.AsSpan(start)[fields.Base64Data].ToString()));
        }

        return certificates;
    }
}
