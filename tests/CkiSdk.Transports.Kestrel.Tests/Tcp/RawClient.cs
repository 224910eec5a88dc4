using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

/// <summary>A client that sends any octets, over TLS or without.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly List<byte> _received = [];

    private RawClient(Socket socket, Stream stream)
    {
        Socket = socket;
        Stream = stream;
    }

    public Socket Socket { get; }

    public Stream Stream { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Connects and says nothing.</summary>
    public static async Task<RawClient> ConnectAsync(IPEndPoint server)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, Cancel);
        return new RawClient(socket, new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>Connects and does the TLS handshake.</summary>
    public static async Task<RawClient> AuthenticateAsync(IPEndPoint server, X509Certificate2? certificate, SslProtocols protocols = SslProtocols.Tls13)
    {
        var plain = await ConnectAsync(server);
        var stream = new SslStream(plain.Stream);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = protocols,
                ClientCertificates = certificate is null ? [] : [certificate],
                RemoteCertificateValidationCallback = (_, server, _, _) => server is not null,
            },
            Cancel);
        return new RawClient(plain.Socket, stream);
    }

    public static Task<RawClient> AuthenticateAsync(IPEndPoint server) => AuthenticateAsync(server, TestAuthority.Client);

    public async Task SendAsync(byte[] octets)
    {
        await Stream.WriteAsync(octets, Cancel);
        await Stream.FlushAsync(Cancel);
    }

    public Task SendAsync(string hex) => SendAsync(Hex.Decode(hex));

    public Task SendAsync(TcpFrame frame)
    {
        var writer = new ArrayBufferWriter<byte>();
        TcpFraming.Write(frame, writer);
        return SendAsync(writer.WrittenSpan.ToArray());
    }

    /// <summary>Reads the next frame; null if the server has closed.</summary>
    public async Task<TcpFrame?> ReadAsync()
    {
        var buffer = new byte[4096];
        while (true)
        {
            var received = new ReadOnlySequence<byte>(_received.ToArray());
            if (TcpFraming.Read(ref received, TcpFraming.DefaultLimit, out var frame, out var violation) == TcpFrameStatus.Frame)
            {
                _received.RemoveRange(0, _received.Count - (int)received.Length);
                return frame;
            }

            Assert.Null(violation);
            var count = await ReadSomeAsync(buffer);
            if (count == 0) return null;
            _received.AddRange(buffer.AsSpan(0, count));
        }
    }

    /// <summary>Asserts that the server closes within some seconds, and sends nothing more.</summary>
    public async Task AssertClosedAsync(int seconds = 20)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        var count = await ReadSomeAsync(new byte[1], limit.Token);
        Assert.False(limit.IsCancellationRequested, "The server keeps the connection open.");
        Assert.Equal(0, count);
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        Socket.Dispose();
    }

    private async Task<int> ReadSomeAsync(byte[] buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Stream.ReadAsync(buffer, cancellationToken == default ? Cancel : cancellationToken);
        }
        catch (IOException)
        {
            // Reset, or an alert: closed all the same.
            return 0;
        }
        catch (OperationCanceledException)
        {
            return -1;
        }
    }
}
