using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CkiSdk.TestSupport.Mail;

namespace CkiSdk.Transports.Mail.Tests.Servers;

/// <summary>Stands between a client and a server on loopback, and cuts a connection after so many octets of both directions.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, MailSystem.FreePort());
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly int _target;
    private readonly Task _running;
    private int _next = int.MaxValue;
    private int _cuts;

    public CuttingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Cuts => _cuts;

    public void CutNextAfter(int octets) => _next = octets;

    public void CutAll()
    {
        foreach (var client in _open.Keys) client.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        CutAll();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client, Interlocked.Exchange(ref _next, int.MaxValue));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // It ends.
        }
    }

    private async Task ServeAsync(TcpClient client, int limit)
    {
        using var server = new TcpClient();
        using (client)
        {
            _open[client] = _open[server] = 0;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                var left = limit;
                await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));

                async Task CopyAsync(TcpClient from, TcpClient to)
                {
                    var buffer = new byte[4096];
                    while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var count)
                    {
                        var rest = Interlocked.Add(ref left, -count);
                        await to.GetStream().WriteAsync(buffer.AsMemory(0, rest < 0 ? Math.Max(0, count + rest) : count), _stop.Token);
                        if (rest >= 0) continue;
                        Interlocked.Increment(ref _cuts);
                        return;
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or SocketException)
            {
                // Cut.
            }
            finally
            {
                _open.TryRemove(client, out _);
                _open.TryRemove(server, out _);
            }
        }
    }
}
