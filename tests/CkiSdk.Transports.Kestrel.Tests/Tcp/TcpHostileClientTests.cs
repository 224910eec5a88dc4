using System.Diagnostics;
using System.Net.Sockets;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

/// <summary>Clients that break the rules or say nothing; the listener goes on serving all others.</summary>
public sealed class TcpHostileClientTests
{
    /// <summary>Octets that are no request, and a part of what the listener says about them.</summary>
    public static TheoryData<string, string, string> Violations => new()
    {
        { "length 0", "00000000", "length 0" },
        { "a length above the limit", "00100001", "at most 1048576" },
        { "the greatest length", "FFFFFFFF 00", "4294967295" },
        { "flag 07", "00000003 07 3000", "flag 07" },
        { "pkiMsg without a message", "00000001 00", "no message" },
        { "pollReq of 3 octets", "00000004 02 000001", "not 3" },
        { "pollRep, which only a listener sends", "00000009 01 00000001 00000001", "not flag 01" },
        { "finalMsgRep, which only a listener sends", "00000003 05 3000", "not flag 05" },
        { "errorMsgRep, which only a listener sends", "00000002 06 41", "not flag 06" },
        { "HTTP", "474554202F20485454502F312E310D0A0D0A", "1195725856" },
    };

    public static TheoryData<string, string> Garbage => new()
    {
        { "a frame without TLS", "00000003 00 3000" },
        { "HTTP", "474554202F20485454502F312E310D0A0D0A" },
        { "zero octets", "00000000000000000000000000000000" },
        { "a TLS record with a length lie", "16030100FF 010000FB 0303" },
        { "an SSH banner", "5353482D322E302D6F70656E7373680D0A" },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task Violation_IsNamed_AndTheConnectionEnds(string row, string hex, string words)
    {
        Assert.NotEmpty(row);
        await using var listener = await Loopback.ListenAsync(new ScriptedParty());
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        await client.SendAsync(hex);
        var answer = Assert.IsType<TcpFrame.ErrorMsgRep>(await client.ReadAsync());
        Assert.Contains(words, answer.Text, StringComparison.Ordinal);
        await client.AssertClosedAsync();
        await Loopback.AssertServesAsync(listener);
    }

    [Fact]
    public async Task Violation_IsReadable_EvenIfTheClientGoesOnSending()
    {
        await using var listener = await Loopback.ListenAsync(new ScriptedParty());
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        await client.SendAsync([0xFF, 0xFF, 0xFF, 0xFF, 0x00, .. new byte[30_000]]);
        Assert.IsType<TcpFrame.ErrorMsgRep>(await client.ReadAsync());
    }

    [Fact]
    public async Task RequestsBefore_AViolation_AreAnswered()
    {
        await using var listener = await Loopback.ListenAsync(new ScriptedParty());
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        await client.SendAsync("00000003 00 3001 00000003 00 3002 00000003 09 3003");
        Assert.Equal(new TcpFrame.FinalMsgRep([0x01, 0x30]), await client.ReadAsync());
        Assert.Equal(new TcpFrame.FinalMsgRep([0x02, 0x30]), await client.ReadAsync());
        Assert.IsType<TcpFrame.ErrorMsgRep>(await client.ReadAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TruncatedFrame_IsNoRequest(bool reset)
    {
        var party = new ScriptedParty();
        await using var listener = await Loopback.ListenAsync(party);
        await using (var client = await RawClient.AuthenticateAsync(listener.EndPoint))
        {
            await client.SendAsync("00000010 00 300E0101");
            if (reset) client.Socket.LingerState = new LingerOption(true, 0);
        }

        await Loopback.AssertServesAsync(listener);
        Assert.Single(party.Received);
    }

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Garbage_BeforeTls_EndsTheConnection(string row, string hex)
    {
        Assert.NotEmpty(row);
        await using var listener = await Loopback.ListenAsync(new ScriptedParty(), options => options with { HandshakeTimeout = TimeSpan.FromSeconds(1) });
        await using var client = await RawClient.ConnectAsync(listener.EndPoint);
        await client.SendAsync(hex);
        client.Socket.Shutdown(SocketShutdown.Send);
        await DrainAsync(client);
        await Loopback.AssertServesAsync(listener);
    }

    [Fact]
    public async Task SlowFrame_EndsTheConnection()
    {
        var party = new ScriptedParty();
        await using var listener = await Loopback.ListenAsync(party, options => options with { FrameTimeout = TimeSpan.FromMilliseconds(500) });
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        var started = Stopwatch.GetTimestamp();
        var closed = client.AssertClosedAsync();
        await client.SendAsync("00000100 00");
        while (!closed.IsCompleted && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20))
        {
            await SendQuietlyAsync(client, [0x30]);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await closed;
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(10));
        Assert.Empty(party.Received);
        await Loopback.AssertServesAsync(listener);
    }

    [Fact]
    public async Task Silence_AfterTheHandshake_EndsTheConnection()
    {
        await using var listener = await Loopback.ListenAsync(new ScriptedParty(), options => options with { IdleTimeout = TimeSpan.FromMilliseconds(300) });
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        await client.AssertClosedAsync();
        await Loopback.AssertServesAsync(listener);
    }

    [Fact]
    public async Task Silence_BeforeTheHandshake_EndsTheConnection()
    {
        await using var listener = await Loopback.ListenAsync(new ScriptedParty(), options => options with { HandshakeTimeout = TimeSpan.FromMilliseconds(300) });
        await using var client = await RawClient.ConnectAsync(listener.EndPoint);
        await client.AssertClosedAsync();
        await Loopback.AssertServesAsync(listener);
    }

    [Fact]
    public async Task AnswersThatNobodyReads_EndTheConnection()
    {
        var answer = new byte[512 * 1024];
        var party = new ScriptedParty();
        party.Results = message => new CkiSdk.Protocol.HandlingResult.Answer(message.Octets.Length == 2 ? answer : ScriptedParty.Reverse(message.Octets));
        await using var listener = await Loopback.ListenAsync(party, options => options with { WriteTimeout = TimeSpan.FromMilliseconds(500) });
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        client.Socket.ReceiveBufferSize = 4096;
        for (var i = 0; i < 200; i++) await client.SendAsync("00000003 00 3000");
        await UntilCutAsync(client);

        // The listener handled what fitted into the buffers between the two, then gave up.
        Assert.InRange(party.Received.Count, 1, 100);
        await Loopback.AssertServesAsync(listener);
    }

    [Fact]
    public async Task SilentConnections_KeepNobodyFromBeingServed()
    {
        // Both ends of each connection are in this process, and 20,000 open files are a usual limit.
        var count = LongRun.Count(1_000, 9_000);
        await using var listener = await Loopback.ListenAsync(new ScriptedParty(), options => options with { HandshakeTimeout = TimeSpan.FromSeconds(LongRun.Count(10, 30)) });
        var silent = new List<RawClient>(count);
        try
        {
            for (var i = 0; i < count; i++) silent.Add(await RawClient.ConnectAsync(listener.EndPoint));

            var times = new List<double>();
            for (var i = 0; i < 20; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await Loopback.AssertServesAsync(listener);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            times.Sort();
            TestContext.Current.TestOutputHelper?.WriteLine($"{count} silent connections: connect and exchange {times[10]:F1} ms median, {times[^1]:F1} ms at most");
            Assert.InRange(times[10], 0, 2_000);
            await silent[0].AssertClosedAsync(seconds: 60);
            await silent[^1].AssertClosedAsync(seconds: 60);
        }
        finally
        {
            foreach (var client in silent) await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task ConnectionsOfOneClient_AreLimited_UntilOneCloses()
    {
        await using var listener = await Loopback.ListenAsync(new ScriptedParty(), options => options with { ConnectionsPerClient = 2 });
        await using var first = await RawClient.AuthenticateAsync(listener.EndPoint);
        await using var second = await RawClient.AuthenticateAsync(listener.EndPoint);
        foreach (var client in (RawClient[])[first, second])
        {
            await client.SendAsync("00000003 00 3001");
            Assert.IsType<TcpFrame.FinalMsgRep>(await client.ReadAsync());
        }

        await using (var third = await RawClient.AuthenticateAsync(listener.EndPoint)) await third.AssertClosedAsync();
        await second.DisposeAsync();
        await Loopback.AssertServesSoonAsync(listener);
    }

    [Fact]
    public async Task ConnectionLimit_TurnsAwayTheNext_UntilOneCloses()
    {
        await using var listener = await Loopback.ListenAsync(new ScriptedParty(), options => options with { ConnectionLimit = 3 });
        await using var first = await RawClient.AuthenticateAsync(listener.EndPoint);
        await using var second = await RawClient.AuthenticateAsync(listener.EndPoint);
        await using var third = await RawClient.ConnectAsync(listener.EndPoint);
        await using var fourth = await RawClient.ConnectAsync(listener.EndPoint);

        // Which of the two the listener counts first, nobody says.
        var ends = new[] { third, fourth }.ToDictionary(client => client, client => client.AssertClosedAsync());
        var end = await Task.WhenAny(ends.Values);
        await end;
        var open = ends.Single(client => client.Value != end);
        Assert.False(open.Value.IsCompleted);
        await open.Key.DisposeAsync();
        await open.Value.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Loopback.AssertServesSoonAsync(listener);
    }

    // Reads nothing: who sends to a connection that is closed hears of it.
    private static async Task UntilCutAsync(RawClient client)
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                await client.SendAsync("00000003 00 3000");
            }
            catch (IOException)
            {
                return;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1), "The listener keeps the connection.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static async Task DrainAsync(RawClient client)
    {
        try
        {
            var buffer = new byte[256];
            while (await client.Stream.ReadAsync(buffer, TestContext.Current.CancellationToken) > 0)
            {
                // An alert, perhaps.
            }
        }
        catch (IOException)
        {
            // A reset ends it as well.
        }
    }

    private static async Task SendQuietlyAsync(RawClient client, byte[] octets)
    {
        try
        {
            await client.SendAsync(octets);
        }
        catch (IOException)
        {
            // The server has closed already.
        }
    }
}
