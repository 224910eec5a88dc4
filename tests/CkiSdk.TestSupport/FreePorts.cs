using System.Net;
using System.Net.Sockets;

namespace CkiSdk.TestSupport;

/// <summary>Gives out ports that nobody listens at, each once, for servers that start later.</summary>
/// <remarks>
/// They are below the ports that systems give to connections. Test programs run at the same time: each has blocks of its own, which it holds by a lock on a file as long as it lives, so that none takes what another has given to a server that has not started yet, or that starts again.
/// </remarks>
public static class FreePorts
{
    private const int First = 10_000;
    private const int BlockSize = 200;
    private const int BlockCount = 100;

    private static readonly Lock Gate = new();
    private static readonly List<FileStream> Held = [];
    private static int _next;
    private static int _end;

    /// <summary>Gives one port.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Next(1);
            if (IsFree(port)) return port;
        }
    }

    /// <summary>Gives one port of 127.0.0.1.</summary>
    public static IPEndPoint NextEndPoint() => new(IPAddress.Loopback, Next());

    /// <summary>Gives ports in a row.</summary>
    /// <param name="count">How many; at most 200.</param>
    /// <returns>The first of them.</returns>
    public static int Next(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, BlockSize);
        lock (Gate)
        {
            if (_next + count > _end)
            {
                _next = TakeBlock();
                _end = _next + BlockSize;
            }

            _next += count;
            return _next - count;
        }
    }

    private static int TakeBlock()
    {
        var start = Environment.ProcessId;
        for (var i = 0; i < BlockCount; i++)
        {
            var block = (start + i) % BlockCount;
            try
            {
                Held.Add(new FileStream(Path.Combine(Path.GetTempPath(), $"cki-ports-{block}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
                return First + (block * BlockSize);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another program has it, or another user once had.
            }
        }

        throw new InvalidOperationException($"All {BlockCount} blocks of ports are taken: {Path.GetTempPath()}cki-ports-*.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
