using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Homes;

/// <summary>Is an authentication certificate with its key, as TLS wants it.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Tls">The same with its private key.</param>
internal sealed record TlsIdentity(Certificate Certificate, X509Certificate2 Tls) : IDisposable
{
    /// <summary>Joins a certificate with its key.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="pem">The private key as PEM.</param>
    /// <exception cref="CryptographicException">The text holds no key.</exception>
    /// <exception cref="ArgumentException">The key is another one.</exception>
    public static TlsIdentity From(Certificate certificate, ReadOnlySpan<char> pem)
    {
        // A key that was loaded from PEM lives in memory only; some platforms want to find it behind the certificate (SslStream on Windows).
        using var loaded = X509Certificate2.CreateFromPem(certificate.ToPem(), pem);
        var bundle = loaded.Export(X509ContentType.Pkcs12);
        try
        {
            return new TlsIdentity(certificate, X509CertificateLoader.LoadPkcs12(bundle, password: null));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bundle);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Tls.Dispose();
}
