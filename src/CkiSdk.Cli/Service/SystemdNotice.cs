using System.Net.Sockets;
using System.Text;

namespace CkiSdk.Cli.Service;

/// <summary>Tells systemd how its service is, where it has started it (sd_notify).</summary>
internal static class SystemdNotice
{
    /// <summary>Says that it serves.</summary>
    public const string Ready = "READY=1";

    /// <summary>Says that it stops.</summary>
    public const string Stopping = "STOPPING=1";

    /// <summary>Sends a notice; without systemd it does nothing.</summary>
    /// <param name="state">One of the above.</param>
    public static void Send(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 1 } path)
        {
            return;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // A name that begins with @ is one of the abstract name space.
            socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
            socket.Send(Encoding.ASCII.GetBytes(state));
        }
        catch (SocketException)
        {
            // It serves all the same.
        }
    }
}
