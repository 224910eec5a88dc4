using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;
using Microsoft.Extensions.Time.Testing;

namespace CkiSdk.Protocol.Tests;

/// <summary>A domain with its CMA on a store in memory, one interoperability key and the enrolled user A1.</summary>
internal sealed class TestDomain : IDisposable
{
    public const SecurityServices Signed = SecurityServices.OriginAuthentication | SecurityServices.Integrity;
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset KeyStart = Now.AddDays(-10);
    public static readonly DateTimeOffset KeyEnd = Now.AddDays(500);
    public static readonly DistinguishedName CmaName = DistinguishedName.Parse("CN=CMA A,O=Domain A,C=GB");
    public static readonly DistinguishedName A1 = DistinguishedName.Parse("CN=A1,OU=Users,O=Domain A,C=GB");
    public static readonly DistinguishedName A2 = DistinguishedName.Parse("CN=A2,OU=Users,O=Domain A,C=GB");

    private TestDomain(CmaOptions options, ICmaStore store)
    {
        Options = options;
        Store = store;
        Time = new FakeTimeProvider(Now);
        Cma = new Cma(options, store, Provider, Time);
    }

    public static CryptoProvider Provider => CryptoProviders.Software;

    public CmaOptions Options { get; }

    public ICmaStore Store { get; private set; }

    public FakeTimeProvider Time { get; }

    public Cma Cma { get; private set; }

    public StoredInteroperabilityKey? Key { get; private set; }

    /// <summary>Makes a domain, by default with a key and with A1 enrolled.</summary>
    public static async Task<TestDomain> Create(
        Func<CmaOptions, CmaOptions>? change = null, bool withKey = true, bool withUser = true, ICmaStore? store = null, DateTimeOffset? cmaEnd = null)
    {
        var key = await Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var template = CertificateProfiles.Cma(
            CmaName, key.SubjectPublicKeyInfo, Now.AddYears(-1), cmaEnd ?? Now.AddYears(9), new DomainRule([DistinguishedName.Parse("O=Domain A,C=GB")]));
        var options = new CmaOptions
        {
            Certificate = await CertificateSigner.SignAsync(template, null, key, key.Algorithms[0], SerialNumbers.Random(Provider.Random)),
            SigningKey = key,
            SignatureAlgorithm = key.Algorithms[0],
            StorageKey = Secret.Random(32, Provider.Random),
            Group = DhGroups.Ffdhe2048,
        };
        var domain = new TestDomain(change is null ? options : change(options), store ?? TestStores.Open());
        if (withKey) domain.Key = await domain.Cma.Administration.CreateLocalKeyAsync(KeyStart, KeyEnd);
        if (withKey && withUser) await domain.Enrol(TestUser.A1);
        return domain;
    }

    public async Task Enrol(TestUser user) => await Cma.Administration.EnrolAsync(user.Name, user.Certificate, Time.GetUtcNow());

    /// <summary>Begins a new CMA on the same store, as after the end of the process.</summary>
    public void Restart()
    {
        Cma.Dispose();
        Store = TestStores.Reopen(Store);
        Cma = new Cma(Options, Store, Provider, Time);
    }

    /// <summary>Makes a request of A1; by default for a year from now on.</summary>
    public PKIMessage Request(DateTimeOffset? start = null, DateTimeOffset? end = null, DistinguishedName? user = null, DistinguishedName? sender = null)
    {
        var body = new PKIBody.CkiSCrr(new CKISendCertReqContent
        {
            User = (user ?? A1).Name,
            SuggestedValidityStart = GeneralizedTime.From(start ?? Time.GetUtcNow(), 7),
            SuggestedValidityEnd = end is { } time ? GeneralizedTime.From(time, 7) : null,
        });
        return new MessageWriter(sender ?? user ?? A1, Provider.Random).Begin(CmaName, body, Time.GetUtcNow());
    }

    /// <summary>Hands a message over and reads the answer, of which there must be one.</summary>
    public async Task<TestAnswer> Ask(PKIMessage request, TestUser? sender = null, SecurityServices services = Signed) =>
        TestAnswer.Read(await Cma.HandleAsync(new DeliveredMessage(request.Encode(), services, (sender ?? TestUser.A1).Peer)));

    /// <summary>Makes the agent of A1.</summary>
    public UserAgent Agent(CryptoProvider? provider = null) => new(
        new UserAgentOptions { User = A1, CmaCertificate = Options.Certificate, Encryption = TestUser.A1.Encryption }, provider ?? Provider, Time);

    /// <summary>Makes a delivery from the CMA.</summary>
    public DeliveredMessage FromCma(ReadOnlyMemory<byte> octets, SecurityServices services = SecurityServices.All) =>
        new(octets, services, new Peer(CmaName, Options.Certificate));

    /// <summary>Takes the announcement that waits for A1.</summary>
    public async Task<ReadOnlyMemory<byte>> Announcement(ReadOnlyMemory<byte>? acknowledged = null)
    {
        var announcement = await Cma.NextAnnouncementAsync(TestUser.A1.Peer, SecurityServices.All, acknowledged);
        Assert.NotNull(announcement);
        return announcement.Value;
    }

    public void Dispose() => Cma.Dispose();
}
