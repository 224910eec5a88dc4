using CkiSdk.TestSupport.Wires;

namespace CkiSdk.Transports.Tests.Faults;

/// <summary>Is a party that is served by a transport, clients of it, and what lies between, where a test makes faults.</summary>
internal abstract class FaultyWay(OnceParty party) : IAsyncDisposable
{
    /// <summary>Gets the party.</summary>
    public OnceParty Party => party;

    /// <summary>Gets the wires, where the transport has any; those of the client come first.</summary>
    public virtual IReadOnlyList<CuttingProxy> Wires => [];

    /// <summary>Gets how many wires are the client's; the others are the party's own to a server between the two.</summary>
    public virtual int ClientWires => Wires.Count;

    /// <summary>Makes a client over the wires. Disposing of it is the caller's.</summary>
    public abstract ValueTask<ICkiTransport> ConnectAsync();

    /// <summary>Makes a client that does not go over the client's wires.</summary>
    public abstract ValueTask<ICkiTransport> ConnectAsideAsync();

    /// <summary>Waits until nothing is under way any more.</summary>
    public virtual Task SettleAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
