using System.Net;
using CkiSdk.Protocol;
using CkiSdk.Transports.Kestrel.Listening;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Transports.Kestrel.Http;

/// <summary>Listens for clients of the HTTP transport, over HTTP/1.1 and HTTP/2, and lets one party handle their messages (CKI profile section 7).</summary>
public sealed partial class HttpListenerHost : IAsyncDisposable
{
    // A request has one short line and a handful of headers.
    private const int MostHeaderOctets = 16 * 1024;
    private const int MostHeaders = 50;
    private const int MostLineOctets = 2 * 1024;

    private readonly HttpListenerOptions _options;
    private readonly ClientConnections _clients;
    private readonly ILogger _logger;
    private readonly ListeningHost _host;

    private HttpListenerHost(IMessageHandler party, HttpListenerOptions options)
    {
        _options = options;
        _clients = new ClientConnections(options.ConnectionsPerClient);
        _logger = options.LoggerFactory.CreateLogger<HttpListenerHost>();
        _host = new ListeningHost(options.EndPoint, options.LoggerFactory, _logger, Limit, Listen, options.StopTimeout, options.Time);
        var endpoint = new HttpServerOptions
        {
            Clients = options.Clients,
            MessageLimit = options.MessageLimit,
            MessageTimeout = options.MessageTimeout,
            RequestsPerClient = options.RequestsPerClient,
            Time = options.Time,
        };
        _host.Application.MapCki(party, endpoint, options.LoggerFactory, _host.Aborting);
    }

    /// <summary>Gets the address and port that it listens at.</summary>
    public IPEndPoint EndPoint => _host.EndPoint;

    /// <summary>Starts to listen.</summary>
    /// <param name="party">The party that handles messages, often in a <see cref="CkiServer"/>.</param>
    /// <param name="options">The configuration.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The listener; disposing of it stops it.</returns>
    /// <exception cref="ArgumentException">The own certificate has no private key.</exception>
    /// <exception cref="IOException">The address is in use or not one of this machine.</exception>
    public static async Task<HttpListenerHost> StartAsync(IMessageHandler party, HttpListenerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(party);
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Certificate.HasPrivateKey) throw new ArgumentException("The own certificate has no private key.", nameof(options));
        var listener = new HttpListenerHost(party, options);
        await listener._host.StartAsync(cancellationToken).ConfigureAwait(false);
        return listener;
    }

    /// <summary>Stops: no new connections, what is being handled is answered, and what takes longer than configured is cancelled.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private void Limit(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = _options.ConnectionLimit;
        limits.MaxRequestHeadersTotalSize = MostHeaderOctets;
        limits.MaxRequestHeaderCount = MostHeaders;
        limits.MaxRequestLineSize = MostLineOctets;
        limits.RequestHeadersTimeout = _options.HeaderTimeout;
        limits.KeepAliveTimeout = _options.IdleTimeout;
    }

    private void Listen(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseCkiTls(_options.Certificate, _options.Clients, _options.Intermediates, LogNotAuthenticated);
        listen.Use(next => connection => CountAsync(connection, next));
    }

    private async Task CountAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var client = connection.Features.Get<AcceptedClient>()!.Client.Name;
        if (!_clients.TryAdd(client))
        {
            LogTooMany(connection.ConnectionId, client, _options.ConnectionsPerClient);
            return;
        }

        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            _clients.Remove(client);
        }
    }

    [LoggerMessage(2, LogLevel.Information, "A client is not accepted: {Reason}")]
    private partial void LogNotAuthenticated(string reason);

    [LoggerMessage(3, LogLevel.Warning, "Connection {Connection} of {Client} is closed: it has {Limit} already")]
    private partial void LogTooMany(string connection, object client, int limit);
}
