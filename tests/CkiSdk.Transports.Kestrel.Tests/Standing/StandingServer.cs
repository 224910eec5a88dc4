using System.Net;

namespace CkiSdk.Transports.Kestrel.Tests.Standing;

/// <summary>Is a listener, and where it listens.</summary>
internal sealed record StandingServer(IPEndPoint EndPoint, IAsyncDisposable Listener) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Listener.DisposeAsync();
}
