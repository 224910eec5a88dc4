using System.Net.Sockets;

namespace CkiSdk.TestSupport.Wires;

/// <summary>Is a connection through a proxy: one to the client and one to the server, which end together.</summary>
internal sealed class WireLink(Socket near, Socket far) : IDisposable
{
    /// <summary>Gets the connection to the client.</summary>
    public Socket Near => near;

    /// <summary>Gets the connection to the server.</summary>
    public Socket Far => far;

    /// <summary>Ends it, in order or by a reset.</summary>
    public void Cut(bool isReset)
    {
        foreach (var socket in new[] { near, far })
        {
            if (isReset) socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        near.Dispose();
        far.Dispose();
    }
}
