using System.Net;
using System.Net.Security;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Binding;
using CkiSdk.Transports.Kestrel.Listening;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Transports.Kestrel.Tcp;

/// <summary>Listens for clients of the TCP transport and lets one party handle their messages (CKI profile section 7).</summary>
public sealed partial class TcpListenerHost : IAsyncDisposable
{
    // What a client may send ahead of its turn.
    private const int InputBufferSize = 64 * 1024;
    private readonly IMessageHandler _party;
    private readonly TcpListenerOptions _options;
    private readonly WaitingRequests _waiting;
    private readonly ClientConnections _clients;
    private readonly SslStreamCertificateContext? _own;
    private readonly BindChannel _channel;
    private readonly ILogger _logger;
    private readonly ListeningHost _host;

    private TcpListenerHost(IMessageHandler party, TcpListenerOptions options)
    {
        _party = party;
        _options = options;
        _waiting = new WaitingRequests(options.ReferencesPerClient);
        _clients = new ClientConnections(options.ConnectionsPerClient);
        _own = options.Certificate is { } own ? SslStreamCertificateContext.Create(own, options.Intermediates, offline: true) : null;
        _channel = options.Certificate is { } certificate ? BindChannel.Tls(certificate.RawData) : BindChannel.Plain;
        _logger = options.LoggerFactory.CreateLogger<TcpListenerHost>();
        _host = new ListeningHost(options.EndPoint, options.LoggerFactory, _logger, Limit, Listen, options.StopTimeout, options.Time);
    }

    /// <summary>Gets the address and port that it listens at.</summary>
    public IPEndPoint EndPoint => _host.EndPoint;

    /// <summary>Starts to listen.</summary>
    /// <param name="party">The party that handles messages, often in a <see cref="CkiServer"/>.</param>
    /// <param name="options">The configuration.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The listener; disposing of it stops it.</returns>
    /// <exception cref="ArgumentException">The own certificate has no private key, or nothing would authenticate clients.</exception>
    /// <exception cref="IOException">The address is in use or not one of this machine.</exception>
    public static async Task<TcpListenerHost> StartAsync(IMessageHandler party, TcpListenerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(party);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Certificate is { HasPrivateKey: false }) throw new ArgumentException("The own certificate has no private key.", nameof(options));
        if (options.Bind is null && (options.Clients is null || options.Certificate is null))
            throw new ArgumentException("Without a bind TLS authenticates both sides: a certificate of the own and trust in the clients' are needed.", nameof(options));
        TlsBuffers.ReleaseWhenIdle();
        var listener = new TcpListenerHost(party, options);
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
        limits.MaxRequestBufferSize = InputBufferSize;
    }

    private void Listen(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (_own is not null)
        {
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = _options.HandshakeTimeout,
                OnConnection = _ => ValueTask.FromResult(MutualTls.Create(_own, _options.Clients, allowsNone: _options.Bind is not null, LogNotAuthenticated)),
            });
        }

        listen.Run(ServeAsync);
    }

    private async Task ServeAsync(ConnectionContext connection)
    {
        Peer? client = null;
        ITcpDialogue? dialogue = ClientOf(connection) is { } authenticated
            ? Open(authenticated, SecurityServices.All, null)
            : new BindingDialogue(_options.Bind!, _channel, bound => Open(bound.Peer, bound.Services, bound));
        try
        {
            if (dialogue is not null) await ServeAsync(connection, dialogue).ConfigureAwait(false);
        }
        finally
        {
            if (client is not null) _clients.Remove(client.Name);
        }

        TcpDialogue? Open(Peer peer, SecurityServices services, BoundConnection? bound)
        {
            if (!_clients.TryAdd(peer.Name))
            {
                LogTooMany(connection.ConnectionId, peer.Name, _options.ConnectionsPerClient);
                return null;
            }

            client = peer;
            LogConnected(connection.ConnectionId, peer.Name);
            var standing = bound is null ? _options.Clients!.Watch(peer) : null;
            return new TcpDialogue(_party, _waiting, peer, services, bound, () => Report(standing is null ? FindEnd(peer) : standing.FindRefusal()));
        }

        // What a bind stands on is looked at again by the party with each message, but for the time.
        string? FindEnd(Peer peer) => peer.Certificate.IsValidAt(_options.Time.GetUtcNow()) ? null : $"the certificate of {peer.Name} is not valid any more";

        string? Report(string? refusal)
        {
            if (refusal is not null) LogNotAuthenticated(refusal);
            return refusal;
        }
    }

    private async Task ServeAsync(ConnectionContext connection, ITcpDialogue dialogue)
    {
        var stopping = connection.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>().ConnectionClosedRequested;
        using var session = new TcpSession(connection.Transport, dialogue, _options, stopping, _host.Aborting);
        try
        {
            LogEnded(connection.ConnectionId, await session.RunAsync().ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            LogEnded(connection.ConnectionId, "it took too long");
            connection.Abort(new ConnectionAbortedException("The connection took too long."));
        }
        catch (Exception exception) when (exception is IOException or ConnectionAbortedException)
        {
            LogEnded(connection.ConnectionId, "it was cut");
        }
        catch (Exception exception)
        {
            // A fault of the party, such as a full disk, is no answer: the client finds the connection cut and tries again.
            LogFailed(exception, connection.ConnectionId);
            connection.Abort(new ConnectionAbortedException("The message could not be handled."));
        }
    }

    // Null where the client has shown no certificate: he binds.
    private static Peer? ClientOf(ConnectionContext connection)
    {
        if (connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is not { } presented) return null;
        var certificate = Certificate.Decode(presented.RawData);
        return new Peer(certificate.Subject, certificate);
    }

    [LoggerMessage(2, LogLevel.Information, "A client is not accepted: {Reason}")]
    private partial void LogNotAuthenticated(string reason);

    [LoggerMessage(3, LogLevel.Debug, "Connection {Connection} is of {Client}")]
    private partial void LogConnected(string connection, object client);

    [LoggerMessage(4, LogLevel.Debug, "Connection {Connection} ends: {Reason}")]
    private partial void LogEnded(string connection, string reason);

    [LoggerMessage(5, LogLevel.Error, "Connection {Connection} ends: its message could not be handled")]
    private partial void LogFailed(Exception exception, string connection);

    [LoggerMessage(6, LogLevel.Warning, "Connection {Connection} of {Client} is closed: it has {Limit} already")]
    private partial void LogTooMany(string connection, object client, int limit);
}
