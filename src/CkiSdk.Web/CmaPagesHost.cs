using System.Net;
using CkiSdk.Transports.Kestrel.Http;
using CkiSdk.Transports.Kestrel.Listening;
using CkiSdk.Transports.Tls;
using CkiSdk.Web.Options;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Web;

/// <summary>Listens for browsers and shows them the pages of one CMA.</summary>
public sealed partial class CmaPagesHost : IAsyncDisposable
{
    private const int MostHeaderOctets = 16 * 1024;
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(10);
    private readonly CmaPagesHostOptions _options;
    private readonly ILogger _logger;
    private readonly ListeningHost _host;

    private CmaPagesHost(CmaPagesOptions pages, CmaPagesHostOptions options)
    {
        _options = options;
        _logger = options.LoggerFactory.CreateLogger<CmaPagesHost>();
        _host = new ListeningHost(options.EndPoint, options.LoggerFactory, _logger, Limit, listen => Listen(listen, pages.Clients), options.StopTimeout);
        _host.Application.MapCmaPages(pages);
    }

    /// <summary>Gets the address and port that it listens at.</summary>
    public IPEndPoint EndPoint => _host.EndPoint;

    /// <summary>Starts to listen.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The listener; disposing of it stops it.</returns>
    /// <exception cref="ArgumentException">Without TLS the address is not one of this machine alone; the own certificate has no private key; or nobody's certificate would be accepted.</exception>
    /// <exception cref="IOException">The address is in use or not one of this machine.</exception>
    public static async Task<CmaPagesHost> StartAsync(CmaPagesOptions pages, CmaPagesHostOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Certificate is null && !IPAddress.IsLoopback(options.EndPoint.Address))
            throw new ArgumentException($"Without TLS the pages are for this machine alone, and {options.EndPoint.Address} can be reached from others.", nameof(options));
        if (options.Certificate is { HasPrivateKey: false }) throw new ArgumentException("The own certificate has no private key.", nameof(options));
        if (options.Certificate is not null && pages.Clients is null) throw new ArgumentException("With TLS somebody's certificate must be accepted.", nameof(pages));
        var listener = new CmaPagesHost(pages, options);
        await listener._host.StartAsync(cancellationToken).ConfigureAwait(false);
        return listener;
    }

    /// <summary>Stops: no new connections, what is being answered is answered.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private void Limit(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = _options.ConnectionLimit;
        limits.MaxRequestHeadersTotalSize = MostHeaderOctets;
        limits.RequestHeadersTimeout = HeaderTimeout;
    }

    private void Listen(ListenOptions listen, PeerTrust? clients)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (_options.Certificate is { } certificate) listen.UseCkiTls(certificate, clients!, intermediates: null, LogNotAuthenticated);
    }

    [LoggerMessage(2, LogLevel.Information, "A browser is not accepted: {Reason}")]
    private partial void LogNotAuthenticated(string reason);
}
