using System.Security.Cryptography.X509Certificates;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Demo;

/// <summary>Is an authentication certificate with its key, as TLS wants it.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Tls">The same with its private key.</param>
internal sealed record DemoIdentity(Certificate Certificate, X509Certificate2 Tls) : IDisposable
{
    /// <summary>Joins a certificate with its key and leaves both in the folder.</summary>
    /// <param name="name">The name of the two files, without ending.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="key">The key.</param>
    /// <param name="folder">The folder.</param>
    public static DemoIdentity Keep(string name, Certificate certificate, ISigningKey key, DemoFolder folder)
    {
        var pem = PrivateKeyPem.Write(key);
        using var loaded = X509Certificate2.CreateFromPem(certificate.ToPem(), pem);
        folder.Write($"{name}.pem", certificate);
        folder.WriteSecret($"{name}.key", pem);
        return new DemoIdentity(certificate, X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), password: null));
    }

    /// <inheritdoc/>
    public void Dispose() => Tls.Dispose();
}
