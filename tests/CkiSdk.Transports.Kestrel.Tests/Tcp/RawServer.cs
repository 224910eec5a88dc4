using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

/// <summary>A server over TLS that does whatever the test writes, then cuts the connection.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public RawServer(Func<Stream, int, Task> script, X509Certificate2? certificate = null, SslProtocols protocols = SslProtocols.Tls13)
    {
        _listener.Start();
        _serving = ServeAsync(script, certificate ?? TestAuthority.Server, protocols);
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Gets how many connections have come.</summary>
    public int Connections { get; private set; }

    /// <summary>Reads one frame from a stream.</summary>
    public static async Task<TcpFrame> ReadAsync(Stream stream)
    {
        var octets = new byte[4];
        await stream.ReadExactlyAsync(octets);
        Array.Resize(ref octets, 4 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(octets));
        await stream.ReadExactlyAsync(octets.AsMemory(4));
        var received = new ReadOnlySequence<byte>(octets);
        Assert.Equal(TcpFrameStatus.Frame, TcpFraming.Read(ref received, TcpFraming.DefaultLimit, out var frame, out _));
        return frame!;
    }

    /// <summary>Reads until the client goes.</summary>
    public static async Task WaitForEndAsync(Stream stream)
    {
        var buffer = new byte[1024];
        while (await stream.ReadAsync(buffer) > 0)
        {
            // What it says is of no interest.
        }
    }

    /// <summary>Writes one frame to a stream.</summary>
    public static async Task WriteAsync(Stream stream, TcpFrame frame)
    {
        var writer = new ArrayBufferWriter<byte>();
        TcpFraming.Write(frame, writer);
        await stream.WriteAsync(writer.WrittenMemory);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<Stream, int, Task> script, X509Certificate2 certificate, SslProtocols protocols)
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Connections++;
                try
                {
                    await using var stream = new SslStream(new NetworkStream(socket));
                    await stream.AuthenticateAsServerAsync(
                        new SslServerAuthenticationOptions
                        {
                            ServerCertificate = certificate,
                            ClientCertificateRequired = true,
                            EnabledSslProtocols = protocols,
                            RemoteCertificateValidationCallback = (_, client, _, _) => client is not null,
                        },
                        _stop.Token);
                    await script(stream, Connections).WaitAsync(_stop.Token);
                }
                catch (Exception exception) when (exception is IOException or AuthenticationException)
                {
                    // The client went away.
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }
}
