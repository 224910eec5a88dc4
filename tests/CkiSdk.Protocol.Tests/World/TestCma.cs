using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Tests.World;

/// <summary>A CMA of a test world with its users.</summary>
internal sealed class TestCma : IDisposable
{
    private readonly TestWorld _world;

    public TestCma(TestWorld world, CmaOptions options, ICmaStore store, TestUser party)
    {
        (_world, Options, Store, Party) = (world, options, store, party);
        Cma = new Cma(options, store, TestWorld.Provider, world.Time);
    }

    public DistinguishedName Name => Options.Certificate.Subject;

    public CmaOptions Options { get; private set; }

    public ICmaStore Store { get; private set; }

    /// <summary>Gets the CMA as other parties see it: its name with its encryption certificate.</summary>
    public TestUser Party { get; }

    public Cma Cma { get; private set; }

    /// <summary>Starts the CMA anew on the same store, perhaps with other options.</summary>
    public void Restart(Func<CmaOptions, CmaOptions>? change = null)
    {
        Cma.Dispose();
        Store = TestStores.Reopen(Store);
        Options = change is null ? Options : change(Options);
        Cma = new Cma(Options, Store, TestWorld.Provider, _world.Time);
    }

    /// <summary>Starts the CMA anew on another store, as after a loss.</summary>
    public void Restart(ICmaStore store)
    {
        Store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Store = store;
        Restart();
    }

    /// <summary>Enrols a user and gives him an agent that has taken his seed key.</summary>
    public async Task<TestAgent> Enrol(string name)
    {
        var user = await TestUser.Create(DistinguishedName.Parse(name), end: TestDomain.Now.AddYears(20));
        await Cma.Administration.EnrolAsync(user.Name, user.Certificate, _world.Time.GetUtcNow());
        var agent = new TestAgent(this, user, new UserAgent(
            new UserAgentOptions { User = user.Name, CmaCertificate = Options.Certificate, Encryption = user.Encryption, Anchors = [_world.Anchor] }, TestWorld.Provider, _world.Time));
        await agent.Fetch();
        return agent;
    }

    /// <summary>Makes parties approvers of recovered keys.</summary>
    public async Task<IReadOnlyList<DistinguishedName>> AddApprovers(params string[] names)
    {
        DistinguishedName[] approvers = [.. names.Select(ApproverOf)];
        foreach (var approver in approvers) await Cma.Peers.PutAsync(approver, PartyKinds.RecoveryApprover);
        return approvers;
    }

    public static DistinguishedName ApproverOf(string name) => DistinguishedName.Parse($"CN={name},O=Approvers,C=GB");

    public Task<HandlingResult> Handle(ReadOnlyMemory<byte> octets, TestUser sender, SecurityServices services = SecurityServices.All) =>
        Cma.HandleAsync(new DeliveredMessage(octets, services, sender.Peer)).AsTask();

    /// <summary>Handles a message that must be answered.</summary>
    public async Task<PKIMessage> Ask(ReadOnlyMemory<byte> octets, TestUser sender, SecurityServices services = SecurityServices.All) =>
        PKIMessage.Decode(Assert.IsType<HandlingResult.Answer>(await Handle(octets, sender, services)).Message);

    public DeliveredMessage Deliver(ReadOnlyMemory<byte> octets, SecurityServices services = SecurityServices.All) => new(octets, services, Party.Peer);

    public void Dispose()
    {
        Cma.Dispose();
        Store.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
