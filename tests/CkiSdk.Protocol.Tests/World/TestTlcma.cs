using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Tests.World;

/// <summary>The TLCMA of a test world: its key has signed the CMA certificates.</summary>
internal sealed class TestTlcma : IDisposable
{
    private readonly TestWorld _world;

    public TestTlcma(TestWorld world, TlcmaOptions options)
    {
        (_world, Options) = (world, options);
        Tlcma = new Tlcma(options, Store, TestWorld.Provider, world.Time);
    }

    public DistinguishedName Name => Options.Certificate.Subject;

    public Peer Peer => new(Name, Options.Certificate);

    public TlcmaOptions Options { get; private set; }

    public ICmaStore Store { get; private set; } = TestStores.Open();

    public Tlcma Tlcma { get; private set; }

    public static TlcmaOptions OptionsOf(TestWorld world) => new()
    {
        Certificate = world.Anchor,
        SigningKey = world.AnchorKey,
        SignatureAlgorithm = world.AnchorKey.Algorithms[0],
        StorageKey = Secret.Random(32, TestWorld.Provider.Random),
        Group = DhGroups.Ffdhe2048,
    };

    public void Restart(Func<TlcmaOptions, TlcmaOptions>? change = null)
    {
        Tlcma.Dispose();
        Store = TestStores.Reopen(Store);
        Options = change is null ? Options : change(Options);
        Tlcma = new Tlcma(Options, Store, TestWorld.Provider, _world.Time);
    }

    /// <summary>Makes the two parties known to each other.</summary>
    public async Task Register(params TestCma[] cmas)
    {
        foreach (var cma in cmas)
        {
            await Tlcma.Peers.PutAsync(cma.Name, PartyKinds.Cma, DomainRule.Of(cma.Options.Certificate), cma.Party.Certificate);
            await Tlcma.Administration.AddCmaCertificateAsync(cma.Options.Certificate);
            await cma.Cma.Peers.PutAsync(Name, PartyKinds.Tlcma);
        }
    }

    public async Task<PKIMessage> Answer(TestCma cma, OutgoingRequest request, SecurityServices services = SecurityServices.All)
    {
        var result = await Tlcma.HandleAsync(new DeliveredMessage(request.Octets, services, cma.Party.Peer));
        return PKIMessage.Decode(Assert.IsType<HandlingResult.Answer>(result).Message);
    }

    /// <summary>Carries a request there and the answer back.</summary>
    public async Task<RequestOutcome> Serve(TestCma cma, OutgoingRequest request) =>
        await cma.Cma.Requests.CompleteAsync(Deliver((await Answer(cma, request)).Encode()));

    public DeliveredMessage Deliver(ReadOnlyMemory<byte> octets, SecurityServices services = SecurityServices.All) => new(octets, services, Peer);

    public void Dispose()
    {
        Tlcma.Dispose();
        Store.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
