using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using CkiSdk.Protocol;

namespace CkiSdk.Transports.Tcp;

/// <summary>Opens connections: TCP, then TLS 1.3 with both sides authenticated.</summary>
internal sealed class TcpDialer(TcpTransportOptions options)
{
    // offline: what is sent is what was configured; nothing is looked up on the network.
    private readonly SslStreamCertificateContext _own = SslStreamCertificateContext.Create(options.Certificate, options.Intermediates, offline: true);

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
            return await WithinAsync(options.HandshakeTimeout, "finish the TLS handshake", token => HandshakeAsync(socket, token), cancellationToken).ConfigureAwait(false);
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

    private async Task<TcpConnection> HandshakeAsync(Socket socket, CancellationToken cancellationToken)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        Peer? peer = null;
        string? refusal = null;
        var tls = new SslClientAuthenticationOptions
        {
            TargetHost = options.Host,
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateContext = _own,
            CertificateChainPolicy = options.Server.CreatePathPolicy(peerIsServer: true),
            AllowTlsResume = false,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                (peer = options.Server.Authenticate(certificate, chain, errors, out refusal)) is not null,
        };
        try
        {
            await stream.AuthenticateAsClientAsync(tls, cancellationToken).ConfigureAwait(false);
            return new TcpConnection(stream, peer!, options);
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
