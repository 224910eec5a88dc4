using CkiSdk.Cli.Hosting;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Demo;

/// <summary>Makes the CMA of the demo's domain A: its keys and certificates.</summary>
internal static class DemoCma
{
    /// <summary>Gets the CMA's name.</summary>
    public static DistinguishedName Name { get; } = DistinguishedName.Parse("CN=CMA A,O=Domain A,C=GB");

    /// <summary>Gets the subtree of names that the CMA serves.</summary>
    public static DistinguishedName Subtree { get; } = DistinguishedName.Parse("O=Domain A,C=GB");

    /// <summary>Makes the CMA's keys, its self-signed certificate and its authentication certificate, and leaves them in the folder.</summary>
    /// <param name="provider">The cryptography.</param>
    /// <param name="authority">The authority of authentication.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<bool> CreateAsync(CryptoProvider provider, DemoAuthority authority, CmaFolder folder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var key = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, cancellationToken).ConfigureAwait(false);
        var template = CertificateProfiles.Cma(Name, key.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(5), new DomainRule([Subtree]));
        var certificate = await CertificateSigner.SignAsync(
            template, null, key, SignatureAlgorithm.EcdsaSha256, SerialNumbers.Random(provider.Random), cancellationToken).ConfigureAwait(false);
        using var storageKey = Secret.Random(32, provider.Random);
        folder.Write(certificate, key, storageKey);
        folder.WriteAnchor(authority.Certificate);

        using var tlsKey = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, cancellationToken).ConfigureAwait(false);
        folder.WriteTls(await authority.CertifyAsync(Name, tlsKey.SubjectPublicKeyInfo, CertificatePurposes.TlsServer, cancellationToken).ConfigureAwait(false), tlsKey);
        return true;
    }
}
