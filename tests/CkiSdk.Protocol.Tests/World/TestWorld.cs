using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CkiSdk.Protocol.Tests.World;

/// <summary>Several domains with one clock and one authority for CMA certificates.</summary>
internal sealed class TestWorld : IDisposable
{
    private readonly List<TestCma> _cmas = [];
    private TestTlcma? _tlcma;

    private TestWorld(ISigningKey key, Certificate anchor) => (AnchorKey, Anchor) = (key, anchor);

    public static CryptoProvider Provider => TestDomain.Provider;

    public FakeTimeProvider Time { get; } = new(TestDomain.Now);

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Gets the authority that signs the CMA certificates.</summary>
    public Certificate Anchor { get; }

    public ISigningKey AnchorKey { get; }

    public static async Task<TestWorld> Create()
    {
        var key = await Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var template = CertificateProfiles.AuthenticationAuthority(
            DistinguishedName.Parse("CN=TLCMA,C=GB"), key.SubjectPublicKeyInfo, TestDomain.Now.AddYears(-1), TestDomain.Now.AddYears(25));
        return new TestWorld(key, await CertificateSigner.SignAsync(template, null, key, key.Algorithms[0], SerialNumbers.Random(Provider.Random)));
    }

    /// <summary>Makes the CMA of a domain, with a local key or without.</summary>
    public async Task<TestCma> Add(
        string letter, Func<CmaOptions, CmaOptions>? change = null, ICmaStore? store = null, bool withKey = true, string[]? subtrees = null)
    {
        var name = DistinguishedName.Parse($"CN=CMA {letter},O=Domain {letter},C=GB");
        var key = await Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var party = await TestUser.Create(name, end: TestDomain.Now.AddYears(20));
        var options = new CmaOptions
        {
            Certificate = await Certify(name, key, TestDomain.Now.AddYears(-1), TestDomain.Now.AddYears(9), subtrees ?? [$"O=Domain {letter},C=GB"]),
            SigningKey = key,
            SignatureAlgorithm = key.Algorithms[0],
            StorageKey = Secret.Random(32, Provider.Random),
            Group = DhGroups.Ffdhe2048,
            Anchors = [Anchor],
            Encryption = party.Encryption,
        };
        var cma = new TestCma(this, change is null ? options : change(options), store ?? TestStores.Open(), party);
        _cmas.Add(cma);
        if (withKey) await cma.Cma.Administration.CreateLocalKeyAsync(TestDomain.KeyStart, TestDomain.KeyEnd);
        return cma;
    }

    /// <summary>Makes the TLCMA.</summary>
    public TestTlcma AddTlcma(Func<TlcmaOptions, TlcmaOptions>? change = null)
    {
        var options = TestTlcma.OptionsOf(this);
        return _tlcma = new TestTlcma(this, change is null ? options : change(options));
    }

    /// <summary>Carries all announcements between the authorities, and those that they lead to, until nothing waits.</summary>
    public async Task Deliver()
    {
        var parties = _cmas.Select(cma => (Handler: (Func<IMessageHandler>)(() => cma.Cma), cma.Party.Peer)).ToList();
        if (_tlcma is { } tlcma) parties.Add((() => tlcma.Tlcma, tlcma.Peer));
        for (var delivered = -1; delivered != 0;)
        {
            delivered = 0;
            foreach (var sender in parties)
            {
                foreach (var recipient in parties.Where(party => party.Peer.Name != sender.Peer.Name)) delivered += await Deliver(sender, recipient);
            }
        }
    }

    /// <summary>Makes a CMA certificate.</summary>
    public async Task<Certificate> Certify(DistinguishedName name, ISigningKey key, DateTimeOffset start, DateTimeOffset end, params string[] subtrees) =>
        await CertificateSigner.SignAsync(
            CertificateProfiles.Cma(name, key.SubjectPublicKeyInfo, start, end, new DomainRule(subtrees.Select(DistinguishedName.Parse))),
            Anchor, AnchorKey, AnchorKey.Algorithms[0], SerialNumbers.Random(Provider.Random));

    /// <summary>Gives two domains an interoperability key by hand, as if an exchange had made it.</summary>
    public static async Task<(string One, string Other)> Share(TestCma one, TestCma other, DateTimeOffset start, DateTimeOffset end)
    {
        using var key = Secret.Random(32, Provider.Random);
        var (mine, yours) = (Reference(), Reference());
        await Give(one, other, mine, yours);
        await Give(other, one, yours, mine);
        return (mine, yours);

        async Task Give(TestCma to, TestCma with, string my, string your) => await to.Store.CommitAsync(UnitOfWork.Of(
            new StoreChange.AddAuthority(new StoredAuthority(with.Name.Canonical, with.Options.Certificate.Encoded, TestDomain.Now)),
            new StoreChange.PutPeer(new StoredPeer(with.Name.Canonical, with.Name.Encoded, PartyKinds.Cma) { EncryptionCertificate = with.Party.Certificate.Encoded }),
            new StoreChange.PutKey(new StoredInteroperabilityKey(my, with.Name.Canonical, start, end, Provider.KeyWrap.Wrap(to.Options.StorageKey, key)) { YourReference = your })));
    }

    public void Dispose()
    {
        foreach (var cma in _cmas) cma.Dispose();
        _tlcma?.Dispose();
    }

    private static async Task<int> Deliver((Func<IMessageHandler> Handler, Peer Peer) sender, (Func<IMessageHandler> Handler, Peer Peer) recipient)
    {
        var count = 0;
        ReadOnlyMemory<byte>? last = null;
        while (await sender.Handler().NextAnnouncementAsync(recipient.Peer, SecurityServices.All, last) is { } next)
        {
            var result = await recipient.Handler().HandleAsync(new DeliveredMessage(next, SecurityServices.All, sender.Peer));
            Assert.True(result is HandlingResult.Accepted, (result as HandlingResult.Refused)?.Text);
            (last, count) = (next, count + 1);
        }

        return count;
    }

    private static string Reference() => Convert.ToHexStringLower(Provider.Random.Octets(16));
}
