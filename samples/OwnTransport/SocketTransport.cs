using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CkiSdk;
using CkiSdk.Protocol;
using CkiSdk.Transports.Tls;

namespace OwnTransport;

/// <summary>Carries messages over a socket of this machine, a connection for each: TLS 1.3 authenticates both sides and keeps what passes to itself, so messages have all three services.</summary>
/// <param name="path">The file of the socket.</param>
/// <param name="certificate">The own certificate, with its key.</param>
/// <param name="server">Whom to take for the server.</param>
internal sealed class SocketTransport(string path, X509Certificate2 certificate, PeerTrust server) : ICkiTransport
{
    private readonly SemaphoreSlim _asking = new(1, 1);
    private ReadOnlyMemory<byte>? _last;

    /// <inheritdoc/>
    public async ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
    {
        if (request.IsEmpty) throw new ArgumentException("The request is empty.", nameof(request));
        var (frame, peer) = await AskAsync(new Frame(FrameKind.Message, request), cancellationToken);
        var answer = new TransportAnswer { Services = SecurityServices.All, Peer = peer };
        return frame.Kind switch
        {
            FrameKind.Answer => answer with { Message = frame.Octets },
            FrameKind.Waiting when frame.Octets.Length >= 8 => answer with
            {
                Message = frame.Octets[8..],
                CheckBack = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(frame.Octets.Span)),
            },
            FrameKind.Nothing => answer,
            FrameKind.Refusal => answer with { Refusal = Encoding.UTF8.GetString(frame.Octets.Span) },
            _ => throw new CkiTransportException($"{path} answers by a frame that is none."),
        };
    }

    /// <inheritdoc/>
    public async ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            var (frame, peer) = await AskAsync(new Frame(FrameKind.Next, acknowledgesPrevious && _last is { } last ? last : default), cancellationToken);
            _last = frame.Kind == FrameKind.Answer ? frame.Octets : default(ReadOnlyMemory<byte>?);
            return _last is { } next ? new DeliveredMessage(next, SecurityServices.All, peer) : null;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _asking.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(Frame Frame, Peer Peer)> AskAsync(Frame question, CancellationToken cancellationToken)
    {
        Peer? peer = null;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            await using var stream = new SslStream(new NetworkStream(socket));
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    EnabledSslProtocols = SslProtocols.Tls13,
                    ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
                    CertificateChainPolicy = server.CreatePathPolicy(peerIsServer: true),
                    RemoteCertificateValidationCallback = (_, shown, chain, errors) => (peer = server.Authenticate(shown, chain, errors, out var _)) is not null,
                },
                cancellationToken);
            await question.WriteAsync(stream, cancellationToken);
            return (await Frame.ReadAsync(stream, cancellationToken), peer!);
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException or InvalidDataException)
        {
            throw new CkiTransportException($"{path} does not answer: {exception.Message}", exception); // trying again makes sense
        }
    }
}
