using System.Net;
using CkiSdk.Transports.Kestrel.Listening;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace CkiSdk.Transports.Kestrel.Health;

/// <summary>Serves <c>/livez</c> and <c>/readyz</c> at an address of their own, over plain HTTP/1.1.</summary>
public sealed class HealthListener : IAsyncDisposable
{
    private const int MostConnections = 64;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ListeningHost _host;

    private HealthListener(IPEndPoint endPoint) =>
        _host = new ListeningHost(endPoint, NullLoggerFactory.Instance, NullLogger.Instance, Limit, listen => listen.Protocols = HttpProtocols.Http1, StopTimeout);

    /// <summary>Gets the address and port that it listens at.</summary>
    public IPEndPoint EndPoint => _host.EndPoint;

    /// <summary>Starts to listen.</summary>
    /// <param name="endPoint">Where; port 0 is any free one.</param>
    /// <param name="live">As for <see cref="CkiHealthExtensions.MapCkiHealth"/>.</param>
    /// <param name="ready">As for <see cref="CkiHealthExtensions.MapCkiHealth"/>.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The listener; disposing of it stops it.</returns>
    /// <exception cref="IOException">The address is in use or not one of this machine.</exception>
    public static async Task<HealthListener> StartAsync(
        IPEndPoint endPoint,
        Func<CancellationToken, ValueTask<IReadOnlyList<HealthCheck>>> live,
        Func<CancellationToken, ValueTask<IReadOnlyList<HealthCheck>>> ready,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        var listener = new HealthListener(endPoint);
        listener._host.Application.MapCkiHealth(live, ready);
        await listener._host.StartAsync(cancellationToken).ConfigureAwait(false);
        return listener;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = MostConnections;
        limits.MaxRequestBodySize = 0;
        limits.RequestHeadersTimeout = Patience;
    }
}
