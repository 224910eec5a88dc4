using System.Net;
using CkiSdk.Transports.Kestrel.Listening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CkiSdk.Transports.Kestrel.Health;

/// <summary>Serves <c>/livez</c> and <c>/readyz</c> at an address of their own, over plain HTTP/1.1.</summary>
public sealed class HealthListener : IAsyncDisposable
{
    private const int MostConnections = 64;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly WebApplication _host;
    private readonly IPEndPoint _asked;
    private ListenOptions? _listen;

    private HealthListener(IPEndPoint endPoint)
    {
        _asked = endPoint;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.RequestHeadersTimeout = Patience;
            kestrel.Listen(endPoint, listen => (_listen = listen).Protocols = HttpProtocols.Http1);
        });
        _host = builder.Build();
    }

    /// <summary>Gets the address and port that it listens at.</summary>
    public IPEndPoint EndPoint => _listen?.IPEndPoint ?? _asked;

    /// <summary>Starts to listen.</summary>
    /// <param name="endPoint">Where; port 0 is any free one.</param>
    /// <param name="live">As for <see cref="CkiHealthExtensions.MapCkiHealth"/>.</param>
    /// <param name="ready">As for <see cref="CkiHealthExtensions.MapCkiHealth"/>.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="IOException">The address is in use or not one of this machine.</exception>
    public static async Task<HealthListener> StartAsync(
        IPEndPoint endPoint,
        Func<CancellationToken, ValueTask<IReadOnlyList<HealthCheck>>> live,
        Func<CancellationToken, ValueTask<IReadOnlyList<HealthCheck>>> ready,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        var listener = new HealthListener(endPoint);
        listener._host.MapCkiHealth(live, ready);
        try
        {
            await listener._host.StartAsync(cancellationToken).ConfigureAwait(false);
            return listener;
        }
        catch
        {
            await listener._host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(StopTimeout).ConfigureAwait(false);
        await _host.DisposeAsync().ConfigureAwait(false);
    }
}
