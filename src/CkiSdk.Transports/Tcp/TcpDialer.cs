using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Binding;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Tcp;

/// <summary>Opens connections: TCP, then TLS 1.3 with both sides authenticated.</summary>
internal sealed class TcpDialer(TcpTransportOptions options)
{
    // offline: what is sent is what was configured; nothing is looked up on the network.
    private readonly SslStreamCertificateContext? _own = options.Certificate is { } certificate
        ? SslStreamCertificateContext.Create(certificate, options.Intermediates, offline: true)
        : null;

    private string Address => $"{options.Host}:{options.Port}";

    /// <summary>Opens one connection.</summary>
    /// <exception cref="CkiTransportException">The server cannot be reached, or one side does not accept the other.</exception>
    public async Task<TcpConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await WithinAsync(options.ConnectTimeout, "connect", token => ConnectAsync(socket, token), cancellationToken).ConfigureAwait(false);
            return options.Server is { } server
                ? await WithinAsync(options.HandshakeTimeout, "finish the TLS handshake", token => HandshakeAsync(socket, server, token), cancellationToken).ConfigureAwait(false)
                : await WithinAsync(options.HandshakeTimeout, "answer the bind", token => BindAsync(new NetworkStream(socket, ownsSocket: true), null, token), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<bool> ConnectAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SocketException exception)
        {
            throw new CkiTransportException(CkiTransportFault.Unreachable, $"{Address} cannot be reached: {exception.Message}", exception);
        }
    }

    // Without a bind TLS has authenticated the server; with one, the bind says who is at the other end (CKI Part 2 ¶131 b).
    private async Task<TcpConnection> BindAsync(Stream stream, Peer? server, CancellationToken cancellationToken)
    {
        if (options.Bind is not { } bind) return new TcpConnection(stream, server!, SecurityServices.All, options) { Standing = options.Server!.Watch(server!) };
        var channel = server is null ? BindChannel.Plain : BindChannel.Tls(server.Certificate.Encoded);
        var initiator = new BindInitiator(bind, channel, options.Time);
        var connection = new TcpConnection(stream, new Peer(bind.Responder, bind.Identity.Certificate), channel.Services, options) { Standing = server is null ? null : options.Server!.Watch(server) };
        try
        {
            var answer = await connection.ExchangeAsync(new TcpFrame.PkiMsg(await initiator.BeginAsync(cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
            connection.Bind(answer is TcpFrame.FinalMsgRep final ? initiator.Complete(final.Message.Memory) : throw NotBound((answer as TcpFrame.ErrorMsgRep)?.Text, null));
            return connection;
        }
        catch (CkiProtocolException exception)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw NotBound(exception.Message, exception);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private CkiTransportException NotBound(string? reason, Exception? cause) =>
        new(CkiTransportFault.NotAuthenticated, $"The connection to {Address} could not be bound: {TcpCkiTransport.Printable(reason ?? "the answer is none")}", cause);

    private async Task<TcpConnection> HandshakeAsync(Socket socket, PeerTrust server, CancellationToken cancellationToken)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        Peer? peer = null;
        string? refusal = null;
        var tls = new SslClientAuthenticationOptions
        {
            TargetHost = options.Host,
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateContext = _own,
            CertificateChainPolicy = server.CreatePathPolicy(peerIsServer: true),
            AllowTlsResume = false,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                (peer = server.Authenticate(certificate, chain, errors, out refusal)) is not null,
        };
        try
        {
            await stream.AuthenticateAsClientAsync(tls, cancellationToken).ConfigureAwait(false);
            return await BindAsync(stream, peer!, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        catch (AuthenticationException exception)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            var reason = refusal ?? exception.InnerException?.Message ?? exception.Message;
            throw new CkiTransportException(CkiTransportFault.NotAuthenticated, $"{Address} is not the server that is expected: {reason}", exception);
        }
        catch (IOException exception)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw new CkiTransportException(CkiTransportFault.Cut, $"{Address} ended the TLS handshake: {exception.Message}", exception);
        }
    }

    private async Task<T> WithinAsync<T>(TimeSpan limit, string what, Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await step(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CkiTransportException(CkiTransportFault.TimedOut, $"{Address} did not {what} within {limit}.", exception);
        }
    }
}
