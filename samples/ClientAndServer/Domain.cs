using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Options;

namespace ClientAndServer;

/// <summary>Is a domain with a CMA, one user and an officer of the CMA, who are certified by one authority. Real ones read all of this from where it is kept.</summary>
internal sealed record Domain(CmaOptions Cma, Party Server, Party User, Party Officer) : IDisposable
{
    /// <summary>Makes the keys and certificates.</summary>
    public static async Task<Domain> CreateAsync()
    {
        var (provider, now) = (CryptoProviders.Software, DateTimeOffset.UtcNow);
        using var authority = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var anchor = await Party.SignAsync(
            CertificateProfiles.AuthenticationAuthority(DistinguishedName.Parse("CN=Authentication,O=Example"), authority.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(5)), null, authority);
        var key = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var rule = new DomainRule([DistinguishedName.Parse("O=Example")]);
        var certificate = await Party.SignAsync(
            CertificateProfiles.Cma(DistinguishedName.Parse("CN=CMA,O=Example"), key.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(5), rule), null, key);
        return new Domain(
            new CmaOptions { Certificate = certificate, SigningKey = key, SignatureAlgorithm = key.Algorithms[0], StorageKey = Secret.Random(32, provider.Random) },
            await Party.CreateAsync(certificate.Subject, anchor, authority, CertificatePurposes.TlsServer),
            await Party.CreateAsync(DistinguishedName.Parse("CN=User,O=Example"), anchor, authority, CertificatePurposes.TlsClient),
            await Party.CreateAsync(DistinguishedName.Parse("CN=Officer,O=Example"), anchor, authority, CertificatePurposes.TlsClient));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Cma.SigningKey.Dispose();
        Cma.StorageKey.Dispose();
    }
}
