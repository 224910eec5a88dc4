using System.Net;
using System.Net.Sockets;

namespace CkiSdk.TestSupport.Wires;

/// <summary>Stands between clients and a server on this machine, and does to octets what wires do: it cuts, stands still, trickles and changes. It knows no protocol, and counts the octets of all its connections together.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly List<Socket> _listeners = [];
    private readonly List<Task> _accepting = [];
    private readonly HashSet<WireLink> _links = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly long[] _passed = new long[2];
    private WireFault? _fault;
    private TaskCompletionSource _flow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to listen on a port that the system chooses.</summary>
    /// <param name="server">The server.</param>
    public CuttingProxy(IPEndPoint server)
        : this((new IPEndPoint(IPAddress.Loopback, 0), server))
    {
    }

    /// <summary>Begins to listen at several places, each for another one of the server, as where a protocol has connections beside its first.</summary>
    /// <param name="places">Where clients connect to, and where that leads.</param>
    public CuttingProxy(params IReadOnlyList<(IPEndPoint Near, IPEndPoint Far)> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        _flow.SetResult();
        foreach (var (near, far) in places)
        {
            var listener = new Socket(near.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(near);
            listener.Listen();
            _listeners.Add(listener);
            _accepting.Add(AcceptAsync(listener, far));
        }
    }

    /// <summary>Gets where to connect to: the first place.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listeners[0].LocalEndPoint!;

    /// <summary>Gets how many faults have happened.</summary>
    public int Faults { get; private set; }

    /// <summary>Gets or sets the most octets that are passed on at once.</summary>
    public int PieceSize { get; set; } = 16 * 1024;

    /// <summary>Gets how many octets have passed since <see cref="Heal"/>.</summary>
    /// <param name="direction">Which way.</param>
    public long Passed(WireDirection direction)
    {
        lock (_gate) return _passed[(int)direction];
    }

    /// <summary>Ends, when so many octets more have passed, the connection with which the next one would: every other time by a reset.</summary>
    public void CutAfter(WireDirection direction, long octets) => Expect(new WireFault(WireFaultKind.Cut, direction, octets));

    /// <summary>Passes on nothing more in one direction when so many octets more have passed, until it is healed.</summary>
    public void HoldAfter(WireDirection direction, long octets) => Expect(new WireFault(WireFaultKind.Hold, direction, octets));

    /// <summary>Changes the octet behind so many more.</summary>
    public void ChangeAfter(WireDirection direction, long octets) => Expect(new WireFault(WireFaultKind.Change, direction, octets));

    /// <summary>Takes back what is expected, passes on what is held, and begins to count anew.</summary>
    public void Heal()
    {
        lock (_gate)
        {
            _fault = null;
            Array.Clear(_passed);
            _flow.TrySetResult();
        }
    }

    /// <summary>Ends all connections that there are; octets of theirs count no longer.</summary>
    public void CutAll()
    {
        WireLink[] links;
        lock (_gate)
        {
            links = [.. _links];
            _links.Clear();
        }

        foreach (var link in links) link.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var listener in _listeners) listener.Dispose();
        Heal();
        CutAll();
        await Task.WhenAll(_accepting);
        _stop.Dispose();
    }

    private void Expect(WireFault fault)
    {
        lock (_gate) _fault = fault;
    }

    private async Task AcceptAsync(Socket listener, IPEndPoint server)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync(_stop.Token);
                _ = ServeAsync(client, server);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // It ends.
        }
    }

    private async Task ServeAsync(Socket client, IPEndPoint server)
    {
        using var link = new WireLink(client, new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        try
        {
            lock (_gate) _links.Add(link);
            await link.Far.ConnectAsync(server, _stop.Token);
            await Task.WhenAll(CopyAsync(link, link.Near, link.Far, WireDirection.ToServer), CopyAsync(link, link.Far, link.Near, WireDirection.ToClient));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // One of the three has ended it.
        }
        finally
        {
            lock (_gate) _links.Remove(link);
        }
    }

    private async Task CopyAsync(WireLink link, Socket from, Socket to, WireDirection direction)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            while (await from.ReceiveAsync(buffer.AsMemory(0, Math.Clamp(PieceSize, 1, buffer.Length)), _stop.Token) is > 0 and var count)
            {
                var (passes, isCut) = Take(link, direction, buffer.AsSpan(0, count));
                for (var sent = 0; sent < passes;) sent += await to.SendAsync(buffer.AsMemory(sent, passes - sent), _stop.Token);
                if (isCut)
                {
                    link.Cut(isReset: Faults % 2 == 0);
                    return;
                }

                if (passes == count) continue;
                await FlowAsync();
                for (var sent = passes; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _stop.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    private Task FlowAsync()
    {
        lock (_gate) return _flow.Task.WaitAsync(_stop.Token);
    }

    private (int Passes, bool IsCut) Take(WireLink link, WireDirection direction, Span<byte> octets)
    {
        lock (_gate)
        {
            if (!_links.Contains(link)) return (0, true);
            _passed[(int)direction] += octets.Length;
            if (_fault is not { } fault || fault.Direction != direction) return (octets.Length, false);
            if (fault.Left >= octets.Length)
            {
                _fault = fault with { Left = fault.Left - octets.Length };
                return (octets.Length, false);
            }

            if (fault.Kind == WireFaultKind.Hold && !_flow.Task.IsCompleted) return (0, false);
            Faults++;
            switch (fault.Kind)
            {
                case WireFaultKind.Change:
                    octets[(int)fault.Left] ^= 0x10;
                    _fault = null;
                    return (octets.Length, false);
                case WireFaultKind.Hold:
                    // Whatever comes after stays, too.
                    _flow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    _fault = fault with { Left = 0 };
                    return ((int)fault.Left, false);
                default:
                    _fault = null;
                    return ((int)fault.Left, true);
            }
        }
    }

    private sealed record WireFault(WireFaultKind Kind, WireDirection Direction, long Left);

    private enum WireFaultKind
    {
        Cut,
        Hold,
        Change,
    }
}
