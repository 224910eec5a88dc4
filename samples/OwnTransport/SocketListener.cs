using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CkiSdk.Protocol;
using CkiSdk.Transports.Tls;

namespace OwnTransport;

/// <summary>Hosts a party at a socket of this machine. A listener does four things: it authenticates, it hands octets on with the services that they really had, it brings the answer back, and it lets no fault of one client reach another.</summary>
internal sealed class SocketListener : IAsyncDisposable
{
    private static readonly TimeSpan LongestExchange = TimeSpan.FromSeconds(60);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private readonly IMessageHandler _party;
    private readonly SslStreamCertificateContext _own;
    private readonly PeerTrust _clients;
    private readonly Task _accepting;

    /// <summary>Begins to listen.</summary>
    /// <param name="path">The file of the socket, which must not be there.</param>
    /// <param name="party">The party, best within a CkiServer.</param>
    /// <param name="certificate">Its certificate, with the key.</param>
    /// <param name="clients">Who may connect.</param>
    public SocketListener(string path, IMessageHandler party, X509Certificate2 certificate, PeerTrust clients)
    {
        (_party, _clients, _own) = (party, clients, SslStreamCertificateContext.Create(certificate, null, offline: true));
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        _socket.Listen();
        _accepting = AcceptAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _socket.AcceptAsync(_stop.Token)));
                serving.RemoveAll(task => task.IsCompleted);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        patience.CancelAfter(LongestExchange);
        Peer? peer = null;
        try
        {
            await using var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    EnabledSslProtocols = SslProtocols.Tls13,
                    ServerCertificateContext = _own,
                    ClientCertificateRequired = true,
                    AllowTlsResume = false, // the client's certificate is looked at each time
                    CertificateChainPolicy = _clients.CreatePathPolicy(peerIsServer: false),
                    RemoteCertificateValidationCallback = (_, shown, chain, errors) => (peer = _clients.Authenticate(shown, chain, errors, out var _)) is not null,
                },
                patience.Token);
            var question = await Frame.ReadAsync(stream, patience.Token);
            await (await AnswerAsync(question, peer!, patience.Token)).WriteAsync(stream, patience.Token);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException or InvalidDataException or OperationCanceledException)
        {
            // The client asks again, and what it asked for was done once: its transaction says so.
        }
    }

    private async Task<Frame> AnswerAsync(Frame question, Peer peer, CancellationToken cancellationToken)
    {
        if (question.Kind == FrameKind.Next)
        {
            var next = await _party.NextAnnouncementAsync(peer, SecurityServices.All, question.Octets.IsEmpty ? default(ReadOnlyMemory<byte>?) : question.Octets, cancellationToken);
            return next is { } octets ? new Frame(FrameKind.Answer, octets) : new Frame(FrameKind.Nothing, default);
        }

        return await _party.HandleAsync(new DeliveredMessage(question.Octets, SecurityServices.All, peer), cancellationToken) switch
        {
            HandlingResult.Answer answer => new Frame(FrameKind.Answer, answer.Message),
            HandlingResult.Waiting waiting => new Frame(FrameKind.Waiting, (byte[])[.. Milliseconds(waiting.NotBefore), .. waiting.Message.Span]),
            HandlingResult.Refused refused => new Frame(FrameKind.Refusal, Encoding.UTF8.GetBytes(refused.Text)),
            _ => new Frame(FrameKind.Nothing, default),
        };
    }

    private static byte[] Milliseconds(DateTimeOffset time)
    {
        var octets = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(octets, time.ToUnixTimeMilliseconds());
        return octets;
    }
}
