using CkiSdk.Asn1.Modules.SecureExchange;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Exchange;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;
using CkiSdk.Pki.Tests.Certificates;

namespace CkiSdk.Pki.Tests.Exchange;

/// <summary>Holds one party of an exchange: certificate, signing half and receiving half of one key.</summary>
internal sealed class TestExchange : IDisposable
{
    private readonly TestAuthority _authority;
    private readonly SoftwareSigningKey _signing;
    private readonly IDisposable _receiving;

    private TestExchange(TestAuthority authority, Certificate certificate, SoftwareSigningKey signing, IDisposable receiving)
    {
        (_authority, _signing, _receiving) = (authority, signing, receiving);
        EnvelopeKey key = receiving is IDecryptionKey rsa ? new RsaEnvelopeKey(certificate, rsa) : new EcEnvelopeKey(certificate, (IKeyAgreementKey)receiving);
        Identity = new ExchangeIdentity { Certificate = certificate, SigningKey = signing, EnvelopeKey = key };
    }

    public ExchangeIdentity Identity { get; }

    public static async Task<TestExchange> Create(TestAuthority authority, KeyAlgorithm kind, string name)
    {
        var keys = TestAuthority.Provider.Keys;
        var signing = (SoftwareSigningKey)await keys.CreateSigningKeyAsync(kind);
        using var pkcs8 = signing.ExportPkcs8();
        IDisposable receiving = kind == KeyAlgorithm.Rsa2048 ? await keys.ImportDecryptionKeyAsync(pkcs8) : await keys.ImportKeyAgreementKeyAsync(pkcs8);
        var template = CertificateProfiles.Authentication(
            DistinguishedName.Parse(name), signing.SubjectPublicKeyInfo, TestAuthority.NotBefore, TestAuthority.NotAfter, CertificatePurposes.Bind | CertificatePurposes.KeyReceipt);
        return new TestExchange(authority, await authority.Sign(template), signing, receiving);
    }

    public ExchangeOffer Offer(ExchangeRole role, string peer, DateTimeOffset? time = null) => new(
        Identity,
        new ExchangePeer
        {
            Subject = DistinguishedName.Parse(peer),
            Validator = new PathValidator([new TrustAnchor(_authority.Certificate)], TestAuthority.Provider),
            Options = new PathOptions { Time = time ?? TestAuthority.NotBefore.AddDays(1) },
        },
        role,
        TestAuthority.Provider);

    public static async Task<(ExchangeChannel Initiator, ExchangeChannel Responder)> Connect(ExchangeOffer initiator, ExchangeOffer responder)
    {
        using var one = await initiator.AcceptAsync(responder.Hello);
        using var other = await responder.AcceptAsync(initiator.Hello);
        return (await one.AcceptAsync(other.KeyMessage), await other.AcceptAsync(one.KeyMessage));
    }

    public void Dispose()
    {
        _signing.Dispose();
        _receiving.Dispose();
    }
}
