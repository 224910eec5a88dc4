using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Homes;

/// <summary>Certifies authentication and encryption keys of a party and of its users; the CKI itself has no part in that (profile section 2).</summary>
/// <param name="certificate">The authority's certificate.</param>
/// <param name="key">Its key, which it owns.</param>
/// <param name="provider">The cryptography.</param>
internal sealed class AuthenticationAuthority(Certificate certificate, ISigningKey key, CryptoProvider provider) : IDisposable
{
    // Clocks differ: a certificate is good from a little before it was made.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <summary>Gets the authority's certificate, the anchor of all whom it certifies.</summary>
    public Certificate Certificate => certificate;

    /// <summary>Makes an authority for a party and writes it into its new home.</summary>
    /// <param name="home">The home.</param>
    /// <param name="homeKey">The key of the home.</param>
    /// <param name="lifetime">How long its certificate is valid.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<AuthenticationAuthority> CreateAsync(Home home, Secret homeKey, TimeSpan lifetime, CryptoProvider provider, CancellationToken cancellationToken)
    {
        var key = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, cancellationToken).ConfigureAwait(false);
        var certificate = await CertifyAsync(home, AuthorityIdentity.AuthorityName, DistinguishedName.Parse($"CN=Authentication,{home.Name}"), key, lifetime, provider, cancellationToken).ConfigureAwait(false);
        using var pkcs8 = ((IExportableKey)key).ExportPkcs8();
        home.Write(AuthorityIdentity.AuthorityName, pkcs8, homeKey);
        return new AuthenticationAuthority(certificate, key, provider);
    }

    /// <summary>Makes a certificate that an authority signs for itself, and writes it into its home. Where there was one for the same key, what it has certified leads to either.</summary>
    /// <param name="home">The home.</param>
    /// <param name="file">The name of the file without the ending.</param>
    /// <param name="name">The authority.</param>
    /// <param name="key">Its key.</param>
    /// <param name="lifetime">How long it is valid.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<Certificate> CertifyAsync(
        Home home, string file, DistinguishedName name, ISigningKey key, TimeSpan lifetime, CryptoProvider provider, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var template = CertificateProfiles.AuthenticationAuthority(name, key.SubjectPublicKeyInfo, now - Slack, now + lifetime);
        var certificate = await CertificateSigner.SignAsync(template, null, key, key.Algorithms[0], SerialNumbers.Random(provider.Random), cancellationToken).ConfigureAwait(false);
        home.Write(file, certificate);
        return certificate;
    }

    /// <summary>Opens the authority of a home.</summary>
    /// <param name="home">The home.</param>
    /// <param name="homeKey">The key of the home.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<AuthenticationAuthority> OpenAsync(Home home, Secret homeKey, CryptoProvider provider, CancellationToken cancellationToken) => new(
        home.ReadCertificate(AuthorityIdentity.AuthorityName),
        await AuthorityIdentity.ReadSigningKeyAsync(home, AuthorityIdentity.AuthorityName, homeKey, provider, cancellationToken).ConfigureAwait(false),
        provider);

    /// <summary>Makes a key that authenticates and has it certified.</summary>
    /// <param name="subject">Whose it is.</param>
    /// <param name="isServer">Whether it serves TLS connections, too.</param>
    /// <param name="lifetime">How long the certificate is valid at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The certificate and the DER of PrivateKeyInfo, which the caller disposes.</returns>
    public async Task<(Certificate Certificate, Secret Pkcs8)> MakeTlsAsync(DistinguishedName subject, bool isServer, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        using var made = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, cancellationToken).ConfigureAwait(false);
        var purposes = isServer ? CertificatePurposes.TlsServer | CertificatePurposes.TlsClient : CertificatePurposes.TlsClient;
        return (await CertifyAsync(subject, made.SubjectPublicKeyInfo, purposes, lifetime, cancellationToken).ConfigureAwait(false), ((IExportableKey)made).ExportPkcs8());
    }

    /// <summary>Makes a key that keys are sealed to and has it certified.</summary>
    /// <param name="subject">Whose it is.</param>
    /// <param name="lifetime">How long the certificate is valid at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The certificate and the DER of PrivateKeyInfo, which the caller disposes.</returns>
    public async Task<(Certificate Certificate, Secret Pkcs8)> MakeEncryptionAsync(DistinguishedName subject, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        using var made = await provider.Keys.CreateKeyAgreementKeyAsync(KeyAlgorithm.EcP256, cancellationToken).ConfigureAwait(false);
        return (await CertifyAsync(subject, made.SubjectPublicKeyInfo, CertificatePurposes.KeyReceipt, lifetime, cancellationToken).ConfigureAwait(false), ((IExportableKey)made).ExportPkcs8());
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private ValueTask<Certificate> CertifyAsync(
        DistinguishedName subject, ReadOnlyMemory<byte> subjectPublicKeyInfo, CertificatePurposes purposes, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var end = now + lifetime < certificate.NotAfter ? now + lifetime : certificate.NotAfter;
        var template = CertificateProfiles.Authentication(subject, subjectPublicKeyInfo, now - Slack, end, purposes);
        return CertificateSigner.SignAsync(template, certificate, key, key.Algorithms[0], SerialNumbers.Random(provider.Random), cancellationToken);
    }
}
