using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;

namespace ClientAndServer;

/// <summary>Holds what authenticates a party and what keys for it are sealed to. A real one reads them from where they are kept.</summary>
internal sealed record Party(DistinguishedName Name, X509Certificate2 Tls, EncryptionIdentity Encryption, Certificate Anchor)
{
    /// <summary>Makes a party, certified by an authority.</summary>
    public static async Task<Party> CreateAsync(DistinguishedName name, Certificate anchor, ISigningKey authority, CertificatePurposes purposes)
    {
        var (keys, now) = (CryptoProviders.Software.Keys, DateTimeOffset.UtcNow);
        using var key = await keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var encryptionKey = await keys.CreateKeyAgreementKeyAsync(KeyAlgorithm.EcP256);
        var certificate = await SignAsync(CertificateProfiles.Authentication(name, key.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(1), purposes), anchor, authority);
        var encryption = await SignAsync(CertificateProfiles.Authentication(name, encryptionKey.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(1), CertificatePurposes.KeyReceipt), anchor, authority);
        using var pkcs8 = ((IExportableKey)key).ExportPkcs8();
        var tls = X509Certificate2.CreateFromPem(certificate.ToPem(), PemEncoding.Write("PRIVATE KEY", pkcs8.Span));
        return new Party(name, tls, new EncryptionIdentity(encryption, encryptionKey), anchor);
    }

    /// <summary>Signs a certificate; without an issuer the key signs its own.</summary>
    public static ValueTask<Certificate> SignAsync(CertificateTemplate template, Certificate? issuer, ISigningKey key) =>
        CertificateSigner.SignAsync(template, issuer, key, key.Algorithms[0], SerialNumbers.Random(CryptoProviders.Software.Random));
}
