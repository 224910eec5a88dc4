using System.Net;
using CkiSdk.Protocol;
using CkiSdk.Transports.Kestrel.Listening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
    private readonly CancellationTokenSource _aborting = new();
    private readonly WebApplication _host;
    private ListenOptions? _listen;
    private int _stopped;

    private HttpListenerHost(IMessageHandler party, HttpListenerOptions options)
    {
        _options = options;
        _clients = new ClientConnections(options.ConnectionsPerClient);
        _logger = options.LoggerFactory.CreateLogger<HttpListenerHost>();
        _host = BuildHost();
        var endpoint = new HttpServerOptions
        {
            Clients = options.Clients,
            MessageLimit = options.MessageLimit,
            MessageTimeout = options.MessageTimeout,
            RequestsPerClient = options.RequestsPerClient,
            Time = options.Time,
        };
        _host.MapCki(party, endpoint, options.LoggerFactory, _aborting.Token);
    }

    /// <summary>Gets the address and port that it listens at.</summary>
    public IPEndPoint EndPoint => _listen?.IPEndPoint ?? _options.EndPoint;

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
        try
        {
            await listener._host.StartAsync(cancellationToken).ConfigureAwait(false);
            listener.LogListening(listener.EndPoint);
            return listener;
        }
        catch
        {
            await listener._host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops: no new connections, what is being handled is answered, and what takes longer than configured is cancelled.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0) return;
        using var grace = new CancellationTokenSource(_options.StopTimeout, _options.Time);
        await using var abort = grace.Token.Register(_aborting.Cancel).ConfigureAwait(false);
        await _host.StopAsync(grace.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await _host.DisposeAsync().ConfigureAwait(false);
        _aborting.Dispose();
    }

    // An empty host: no configuration files, no environment variables, no console, no signals. All that is the application's.
    private WebApplication BuildHost()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(_options.LoggerFactory);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = _options.ConnectionLimit;
            kestrel.Limits.MaxRequestHeadersTotalSize = MostHeaderOctets;
            kestrel.Limits.MaxRequestHeaderCount = MostHeaders;
            kestrel.Limits.MaxRequestLineSize = MostLineOctets;
            kestrel.Limits.RequestHeadersTimeout = _options.HeaderTimeout;
            kestrel.Limits.KeepAliveTimeout = _options.IdleTimeout;
            kestrel.Listen(_options.EndPoint, Listen);
        });
        return builder.Build();
    }

    private void Listen(ListenOptions listen)
    {
        // Once bound, it knows the port.
        _listen = listen;
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

    [LoggerMessage(1, LogLevel.Information, "Listening at {EndPoint}")]
    private partial void LogListening(IPEndPoint endPoint);

    [LoggerMessage(2, LogLevel.Information, "A client is not accepted: {Reason}")]
    private partial void LogNotAuthenticated(string reason);

    [LoggerMessage(3, LogLevel.Warning, "Connection {Connection} of {Client} is closed: it has {Limit} already")]
    private partial void LogTooMany(string connection, object client, int limit);
}
