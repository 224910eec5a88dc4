using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Tests.Certificates;

/// <summary>Holds the certificates that the machine trusts.</summary>
internal static class CertificateBundle
{
    private const string Path = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>Gets the text of the bundle.</summary>
    public static string Pem { get; } = File.ReadAllText(Path);

    /// <summary>Gets all certificates.</summary>
    public static IReadOnlyList<Certificate> All { get; } = [.. CertificatePem.ReadAll(Pem)];
}
