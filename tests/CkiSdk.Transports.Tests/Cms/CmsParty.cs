using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;
using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Tests.Cms;

/// <summary>Is a party that signs with the key of its authentication certificate, and has another one to receive.</summary>
internal static class CmsParty
{
    public static Task<CmsIdentity> Client { get; } = CreateAsync(TestAuthority.Client, TestAuthority.ClientName);

    public static Task<CmsIdentity> Server { get; } = CreateAsync(TestAuthority.Server, TestAuthority.ServerName);

    /// <summary>Makes the identity of whom a certificate names.</summary>
    public static async Task<CmsIdentity> CreateAsync(X509Certificate2 signing, DistinguishedName name, TestAuthority? authority = null)
    {
        using var encryption = (authority ?? TestAuthority.Trusted).Certify(name, usage: X509KeyUsageFlags.KeyAgreement);
        var keys = CryptoProviders.Software.Keys;
        using var signingKey = Pkcs8(signing);
        using var encryptionKey = Pkcs8(encryption);
        var certificate = Certificate.Decode(encryption.RawData);
        return new CmsIdentity
        {
            SigningCertificate = Certificate.Decode(signing.RawData),
            SigningKey = await keys.ImportSigningKeyAsync(signingKey),
            EncryptionCertificate = certificate,
            EncryptionKey = new EcEnvelopeKey(certificate, await keys.ImportKeyAgreementKeyAsync(encryptionKey)),
            Anchors = [.. TrustAnchor.Of([TestAuthority.Trusted.Anchor])],
            Provider = CryptoProviders.Software,
        };
    }

    private static Secret Pkcs8(X509Certificate2 certificate)
    {
        using AsymmetricAlgorithm key = (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetECDiffieHellmanPrivateKey()!;
        return Secret.From(key.ExportPkcs8PrivateKey());
    }
}
