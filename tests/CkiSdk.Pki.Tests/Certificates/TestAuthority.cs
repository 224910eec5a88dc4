using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Tests.Certificates;

/// <summary>Makes a CMA with its key and certificate, and signs for it.</summary>
internal sealed class TestAuthority(Certificate certificate, ISigningKey key) : IDisposable
{
    public static readonly DateTimeOffset NotBefore = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset NotAfter = new(2036, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DistinguishedName Name = DistinguishedName.Parse("CN=CMA A,O=Domain A,C=GB");
    public static readonly DistinguishedName User = DistinguishedName.Parse("CN=A1,O=Domain A,C=GB");

    public Certificate Certificate => certificate;

    public ISigningKey Key => key;

    public static CryptoProvider Provider => CryptoProviders.Software;

    public static DomainRule Domain { get; } = new([DistinguishedName.Parse("O=Domain A,C=GB")]);

    public static async Task<TestAuthority> Create(KeyAlgorithm kind = KeyAlgorithm.EcP256, SignatureAlgorithm? algorithm = null)
    {
        var key = await Provider.Keys.CreateSigningKeyAsync(kind);
        var template = CertificateProfiles.Cma(Name, key.SubjectPublicKeyInfo, NotBefore, NotAfter, Domain);
        return new TestAuthority(await CertificateSigner.SignAsync(template, null, key, algorithm ?? key.Algorithms[0], Serial()), key);
    }

    public static Integer Serial() => SerialNumbers.Random(Provider.Random);

    public static OctetString SeedKeyIdentifier() =>
        new SeedKeyIdentifier { IkReference = (OctetString)Provider.Random.Octets(16), Generation = 0 }.Encode();

    public async Task<Certificate> Sign(CertificateTemplate template, SignatureAlgorithm? algorithm = null) =>
        await CertificateSigner.SignAsync(template, certificate, key, algorithm ?? key.Algorithms[0], Serial());

    public async Task<Certificate> SignSend(DhGroup? group = null)
    {
        using var dh = await Provider.Keys.CreateDhKeyAsync(group ?? DhGroups.Ffdhe2048);
        return await Sign(CertificateProfiles.Send(User, DhPublicKeys.Encode(dh.Group, dh.PublicValue.Span), NotBefore, NotAfter, SeedKeyIdentifier()));
    }

    public async Task<Certificate> SignAuthentication(ReadOnlyMemory<byte> subjectPublicKeyInfo, CertificatePurposes purposes, params GeneralName[] names) =>
        await Sign(CertificateProfiles.Authentication(User, subjectPublicKeyInfo, NotBefore, NotAfter, purposes, names));

    public void Dispose() => key.Dispose();
}
