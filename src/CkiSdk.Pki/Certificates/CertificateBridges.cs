using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Certificates;

/// <summary>Leads to the framework's certificates and back.</summary>
public static class CertificateBridges
{
    /// <summary>Gives the framework's form of a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <returns>The certificate without a private key, which the caller disposes.</returns>
    public static X509Certificate2 ToX509Certificate2(this Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return X509CertificateLoader.LoadCertificate(certificate.Encoded.Span);
    }

    /// <summary>Gives the framework's form of a certificate together with its private key.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="key">Its private key: RSA or elliptic-curve, in software.</param>
    /// <returns>The certificate with a copy of the key, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">The key is not that of the certificate.</exception>
    /// <exception cref="CryptoProviderException">The framework has no such key.</exception>
    public static X509Certificate2 ToX509Certificate2(this Certificate certificate, IExportableKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var bare = certificate.ToX509Certificate2();
        using var pkcs8 = key.ExportPkcs8();
        if (bare.GetRSAPublicKey() is { } rsaPublic)
        {
            rsaPublic.Dispose();
            using var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(pkcs8.Span, out _);
            return bare.CopyWithPrivateKey(rsa);
        }

        if (bare.GetECDsaPublicKey() is not { } elliptic)
            throw new CryptoProviderException(CryptoError.UnsupportedKey, "The framework's certificates hold RSA and elliptic-curve keys.");
        elliptic.Dispose();
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(pkcs8.Span, out _);
        return bare.CopyWithPrivateKey(ecdsa);
    }

    /// <summary>Takes a certificate of the framework.</summary>
    /// <param name="certificate">The certificate; a private key is left where it is.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="Asn1.DerException">It is not in DER, or a known extension is malformed.</exception>
    public static Certificate ToCertificate(this X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Certificate.Decode(certificate.RawData);
    }

    /// <summary>Takes the private key of a certificate of the framework.</summary>
    /// <param name="certificate">The certificate with an exportable RSA or elliptic-curve key.</param>
    /// <param name="keys">What imports it.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="CryptoProviderException">There is no such key, or it may not be exported.</exception>
    public static async ValueTask<ISigningKey> ImportSigningKeyAsync(this X509Certificate2 certificate, IKeyFactory keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(keys);
        using var pkcs8 = Export(certificate);
        return await keys.ImportSigningKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
    }

    private static Secret Export(X509Certificate2 certificate)
    {
        using AsymmetricAlgorithm? key = (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey();
        if (key is null)
            throw new CryptoProviderException(CryptoError.InvalidKey, "The certificate has no RSA or elliptic-curve private key.");
        try
        {
            var octets = key.ExportPkcs8PrivateKey();
            var secret = Secret.From(octets);
            CryptographicOperations.ZeroMemory(octets);
            return secret;
        }
        catch (CryptographicException exception)
        {
            throw new CryptoProviderException(CryptoError.Failure, "The private key may not be exported.", exception);
        }
    }
}
