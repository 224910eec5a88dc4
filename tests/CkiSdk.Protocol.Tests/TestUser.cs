using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Tests;

/// <summary>A user with an encryption key that an authority certified.</summary>
internal sealed class TestUser
{
    private readonly IKeyAgreementKey _key;

    private TestUser(DistinguishedName name, Certificate certificate, IKeyAgreementKey key) => (Name, Certificate, _key) = (name, certificate, key);

    public static TestUser A1 { get; } = Create(TestDomain.A1).GetAwaiter().GetResult();

    public static TestUser A2 { get; } = Create(TestDomain.A2).GetAwaiter().GetResult();

    public DistinguishedName Name { get; }

    public Certificate Certificate { get; }

    public Peer Peer => new(Name, Certificate);

    public EncryptionIdentity Encryption => new(Certificate, _key);

    public EncryptionIdentity EncryptionAfter(EncryptionIdentity former) => new(Certificate, _key) { Former = [former] };

    /// <summary>Makes a user; by default his key may receive keys.</summary>
    public static async Task<TestUser> Create(
        DistinguishedName name, CertificatePurposes purposes = CertificatePurposes.KeyReceipt, DateTimeOffset? end = null)
    {
        var provider = TestDomain.Provider;
        using var authorityKey = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var authorityName = DistinguishedName.Parse("CN=Authentication authority,C=GB");
        var (begin, finish) = (TestDomain.Now.AddYears(-1), end ?? TestDomain.Now.AddYears(5));
        var authority = await CertificateSigner.SignAsync(
            CertificateProfiles.Cma(authorityName, authorityKey.SubjectPublicKeyInfo, begin, finish, new DomainRule([authorityName])),
            null, authorityKey, authorityKey.Algorithms[0], SerialNumbers.Random(provider.Random));
        var key = await provider.Keys.CreateKeyAgreementKeyAsync(KeyAlgorithm.EcP256);
        var template = CertificateProfiles.Authentication(name, key.SubjectPublicKeyInfo, begin, finish, purposes);
        var certificate = await CertificateSigner.SignAsync(
            template, authority, authorityKey, authorityKey.Algorithms[0], SerialNumbers.Random(provider.Random));
        return new TestUser(name, certificate, key);
    }
}
