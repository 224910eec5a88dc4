using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Demo;

/// <summary>Is the authority that certifies the authentication keys of both parties; the CKI itself has no part in that.</summary>
internal sealed class DemoAuthority : IDisposable
{
    private readonly CryptoProvider _provider;
    private readonly ISigningKey _key;
    private readonly DateTimeOffset _now;

    private DemoAuthority(CryptoProvider provider, ISigningKey key, Certificate certificate, DateTimeOffset now)
    {
        _provider = provider;
        _key = key;
        _now = now;
        Certificate = certificate;
    }

    /// <summary>Gets the authority's certificate, the anchor of both parties.</summary>
    public Certificate Certificate { get; }

    /// <summary>Makes the authority.</summary>
    /// <param name="provider">The cryptography.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<DemoAuthority> CreateAsync(CryptoProvider provider, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, cancellationToken).ConfigureAwait(false);
        var template = CertificateProfiles.AuthenticationAuthority(
            DistinguishedName.Parse("CN=Demo authentication authority,O=CKI demo"), key.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(10));
        var certificate = await CertificateSigner.SignAsync(
            template, null, key, SignatureAlgorithm.EcdsaSha256, SerialNumbers.Random(provider.Random), cancellationToken).ConfigureAwait(false);
        return new DemoAuthority(provider, key, certificate, now);
    }

    /// <summary>Certifies an authentication key.</summary>
    /// <param name="subject">Whose key it is.</param>
    /// <param name="subjectPublicKeyInfo">The public key.</param>
    /// <param name="purposes">What it is for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public ValueTask<Certificate> CertifyAsync(
        DistinguishedName subject, ReadOnlyMemory<byte> subjectPublicKeyInfo, CertificatePurposes purposes, CancellationToken cancellationToken)
    {
        var template = CertificateProfiles.Authentication(subject, subjectPublicKeyInfo, _now.AddMinutes(-5), _now.AddYears(2), purposes);
        return CertificateSigner.SignAsync(
            template, Certificate, _key, SignatureAlgorithm.EcdsaSha256, SerialNumbers.Random(_provider.Random), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
