using System.Net;
using System.Net.Sockets;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Http;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Http;

/// <summary>Cuts connections between a client and a listener after any number of octets in either direction, handshake included.</summary>
public sealed class HttpCutTests
{
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x05];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public async Task Cut_Anywhere_LeavesNoWrongAnswer_AndTheNextCallWorks(int version, bool isOfTheRequest)
    {
        var party = new ScriptedParty();
        await using var listener = await HttpLoopback.ListenAsync(party);
        var (cut, whole) = (0, 0);
        var longest = isOfTheRequest ? 2_400 : 6_000; // more than an exchange has
        for (var length = 0; length < longest; length += longest / LongRun.Count(30, longest))
        {
            await using var wire = new CuttingWire(listener.EndPoint, length, isOfTheRequest);
            await using var client = HttpLoopback.Connect(wire.EndPoint, options => options with { Version = new Version(version, version == 1 ? 1 : 0) });
            var isWhole = await TryAsync(client);
            (cut, whole) = (isWhole ? cut : cut + 1, isWhole ? whole + 1 : whole);
            wire.IsWhole = true;

            // The connection of the first call may be cut now.
            Assert.True(await TryAsync(client) || (isWhole && await TryAsync(client)), $"after {length} octets");
        }

        Assert.True(cut > 5 && whole > 1, $"{cut} were cut, {whole} were not");
        Assert.All(party.Received, message => Assert.Equal(Request, message.Octets.ToArray()));
    }

    private static async Task<bool> TryAsync(HttpCkiTransport client)
    {
        try
        {
            Assert.Equal(ScriptedParty.Reverse(Request), (await client.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
            return true;
        }
        catch (CkiTransportException exception)
        {
            Assert.True(exception.Fault is CkiTransportFault.Cut or CkiTransportFault.Unreachable, exception.ToString());
            return false;
        }
    }

    /// <summary>Passes octets on, the first connections only so many of them.</summary>
    private sealed class CuttingWire : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _passing;

        public CuttingWire(IPEndPoint server, int length, bool isOfTheRequest)
        {
            _listener.Start();
            _passing = PassAsync(server, length, isOfTheRequest);
        }

        public bool IsWhole { get; set; }

        public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _passing;
        }

        private async Task PassAsync(IPEndPoint server, int length, bool isOfTheRequest)
        {
            try
            {
                while (true)
                {
                    using var near = await _listener.AcceptSocketAsync();
                    using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
                    await far.ConnectAsync(server);
                    var limit = IsWhole ? int.MaxValue : length;
                    await Task.WhenAny(CopyAsync(near, far, isOfTheRequest ? limit : int.MaxValue), CopyAsync(far, near, isOfTheRequest ? int.MaxValue : limit));
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The test is over.
            }
        }

        private static async Task CopyAsync(Socket from, Socket to, int limit)
        {
            try
            {
                var buffer = new byte[4096];
                while (limit > 0)
                {
                    var count = await from.ReceiveAsync(buffer.AsMemory(0, Math.Min(buffer.Length, limit)));
                    if (count == 0) return;
                    await to.SendAsync(buffer.AsMemory(0, count));
                    limit -= count;
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The other direction was cut.
            }
        }
    }
}
