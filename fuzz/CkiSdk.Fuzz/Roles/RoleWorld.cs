using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;

namespace CkiSdk.Fuzz.Roles;

/// <summary>Is a TLCMA, two CMAs and the agents of two users of one of them, with all that they may be asked for: keys, peers, a delegate, key recovery.</summary>
internal sealed class RoleWorld
{
    private static readonly CryptoProvider Provider = InsecureProvider.Value;
    private readonly ISigningKey _authorityKey = Wait(Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256));
    private readonly Certificate _authority;

    private RoleWorld()
    {
        var name = DistinguishedName.Parse("CN=TLCMA,C=GB");
        _authority = Sign(CertificateProfiles.AuthenticationAuthority(name, _authorityKey.SubjectPublicKeyInfo, Now.AddYears(-1), Now.AddYears(9)), null, _authorityKey);
        TopStore = new InMemoryCmaStore();
        Top = new Tlcma(
            new TlcmaOptions
            {
                Certificate = _authority,
                SigningKey = _authorityKey,
                SignatureAlgorithm = _authorityKey.Algorithms[0],
                StorageKey = Key(1),
                Group = DhGroups.Ffdhe2048,
                AuthenticationAnchors = [_authority],
                SuppliesDomainKeys = true,
                OffersAllDomains = true,
                Bind = Identify(name),
            },
            TopStore, Provider, Clock);
        (A, B) = (Domain("A"), Domain("B"));
        Register();
    }

    public static DateTimeOffset Now { get; } = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    public TimeProvider Clock { get; } = new FixedClock();

    public Tlcma Top { get; }

    public DistinguishedName TopName => _authority.Subject;

    public ICmaStore TopStore { get; }

    public RoleDomain A { get; }

    public RoleDomain B { get; }

    /// <summary>Gets who sends messages, by what they are to CMA A.</summary>
    public List<Peer> Senders { get; } = [];

    /// <summary>Gets the agent of the user A1.</summary>
    public UserAgent Agent { get; private set; } = null!;

    public static RoleWorld Create() => new();

    public static T Wait<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    public static void Wait(ValueTask task) => task.AsTask().GetAwaiter().GetResult();

    public BindIdentity Identify(DistinguishedName name)
    {
        var key = Wait(Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256));
        return new BindIdentity(Sign(CertificateProfiles.Authentication(name, key.SubjectPublicKeyInfo, Now.AddYears(-1), Now.AddYears(9), CertificatePurposes.Bind), _authority, _authorityKey), key);
    }

    public BindOptions BindTo(DistinguishedName responder, DistinguishedName user) =>
        new() { Identity = Identify(user), Responder = responder, Anchors = [_authority], Provider = Provider };

    private RoleDomain Domain(string letter)
    {
        var name = DistinguishedName.Parse($"CN=CMA {letter},O=Domain {letter},C=GB");
        var key = Wait(Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256));
        var certificate = Sign(CertificateProfiles.Cma(name, key.SubjectPublicKeyInfo, Now.AddYears(-1), Now.AddYears(9), new DomainRule([DistinguishedName.Parse($"O=Domain {letter},C=GB")])), _authority, _authorityKey);
        var encryption = Encryption(name);
        var store = new InMemoryCmaStore();
        var options = new CmaOptions
        {
            Certificate = certificate,
            SigningKey = key,
            SignatureAlgorithm = key.Algorithms[0],
            StorageKey = Key(2),
            Group = DhGroups.Ffdhe2048,
            Anchors = [_authority],
            AuthenticationAnchors = [_authority],
            Encryption = encryption,
            Bind = Identify(name),
            Recovery = new RecoveryOptions { CheckBack = TimeSpan.FromSeconds(1) },
        };
        return new RoleDomain(new Cma(options, store, Provider, Clock), store, certificate, encryption, options.StorageKey);
    }

    private void Register()
    {
        foreach (var (one, other) in new[] { (A, B), (B, A) })
        {
            Wait(Top.Peers.PutAsync(one.Name, PartyKinds.Cma, DomainRule.Of(one.Certificate), one.Encryption.Certificate));
            Wait(Top.Administration.AddCmaCertificateAsync(one.Certificate));
            Wait(one.Cma.Peers.PutAsync(TopName, PartyKinds.Tlcma));
            Wait(one.Cma.Peers.PutAsync(other.Name, PartyKinds.Cma, DomainRule.Of(other.Certificate), other.Encryption.Certificate));
            one.PutKey(new string('0', 31) + (one == A ? "1" : "2"), null, null);
            one.PutKey(new string('a', 31) + (one == A ? "1" : "2"), other, new string('a', 31) + (one == A ? "2" : "1"));
            Wait(one.Cma.Administration.CreateDomainKeyAsync(Now.AddDays(-1), Now.AddDays(300)));
        }

        var (user, revoked, secretary, officer) = (Enrol("CN=A1,O=Domain A,C=GB"), Enrol("CN=A2,O=Domain A,C=GB"), Party("CN=Secretary,C=GB"), Party("CN=Officer,C=GB"));
        Wait(A.Cma.Administration.RevokeAsync(revoked.Name, Asn1.Modules.CKIKeyManagementProtocol.RevokeUserReason.KeyCompromise));
        Wait(A.Cma.Administration.SetDelegateAsync(user.Name, secretary.Name, isAllowed: true));
        Wait(A.Cma.Administration.SetCorrespondenceAsync(user.Name, B.Name, isFrequent: true));
        Wait(A.Cma.Peers.PutAsync(officer.Name, PartyKinds.RecoveryRequester, encryption: officer.Certificate));
        Senders.AddRange([user, revoked, secretary, officer, B.Peer, new Peer(TopName, _authority), Party("CN=Nobody,C=GB"), A.Peer]);
    }

    private Peer Enrol(string name)
    {
        var encryption = Encryption(DistinguishedName.Parse(name));
        Wait(A.Cma.Administration.EnrolAsync(encryption.Certificate.Subject, encryption.Certificate, Now));
        Agent ??= new UserAgent(new UserAgentOptions { User = encryption.Certificate.Subject, CmaCertificate = A.Certificate, Encryption = encryption, Anchors = [_authority] }, Provider, Clock);
        return new Peer(encryption.Certificate.Subject, encryption.Certificate);
    }

    private Peer Party(string name)
    {
        var certificate = Encryption(DistinguishedName.Parse(name)).Certificate;
        return new Peer(certificate.Subject, certificate);
    }

    private EncryptionIdentity Encryption(DistinguishedName name)
    {
        var key = Wait(Provider.Keys.CreateKeyAgreementKeyAsync(KeyAlgorithm.EcP256));
        var template = CertificateProfiles.Authentication(name, key.SubjectPublicKeyInfo, Now.AddYears(-1), Now.AddYears(9), CertificatePurposes.KeyReceipt);
        return new EncryptionIdentity(Sign(template, _authority, _authorityKey), key);
    }

    private static Secret Key(byte number) => InsecureProvider.Derive([number], default, 32);

    private static Certificate Sign(CertificateTemplate template, Certificate? issuer, ISigningKey key) =>
        Wait(CertificateSigner.SignAsync(template, issuer, key, key.Algorithms[0], SerialNumbers.Random(Provider.Random)));

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
