using System.Net.Security;
using System.Net.Sockets;

namespace CkiSdk.Transports.Ftp;

/// <summary>Is one data connection.</summary>
/// <param name="socket">The socket.</param>
/// <param name="stream">What goes over it, which owns it.</param>
internal sealed class FtpDataConnection(Socket socket, Stream stream) : IAsyncDisposable
{
    private readonly byte[] _rest = new byte[1024];

    /// <summary>Gets what goes over it.</summary>
    public Stream Stream => stream;

    /// <summary>Says that nothing more is written, and waits until the other side ends, too.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (stream is SslStream ssl) await ssl.ShutdownAsync().ConfigureAwait(false);
        socket.Shutdown(SocketShutdown.Send);
        try
        {
            // What nobody has read, such as tickets of TLS, would turn the end into a reset, and the server lose what it has not read yet.
            while (await stream.ReadAsync(_rest, cancellationToken).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (IOException)
        {
            // The reply to the command says whether all of it has arrived.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
