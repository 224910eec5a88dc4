using System.Net;
using CkiSdk.Protocol;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

/// <summary>What a client finds when the wire or the server fails; the next call works again.</summary>
public sealed class TcpFaultTests
{
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x05];
    private static readonly byte[] Answer = [0x30, 0x00];

    public static TheoryData<string, byte[]> Cuts
    {
        get
        {
            byte[] frame = [0, 0, 0, 3, 5, .. Answer];
            var rows = new TheoryData<string, byte[]>();
            for (var length = 0; length < frame.Length; length++) rows.Add($"after {length} octets", frame[..length]);
            return rows;
        }
    }

    public static TheoryData<string, TcpFrame> NoAnswers => new()
    {
        { "pkiMsg", new TcpFrame.PkiMsg([0x30, 0x00]) },
        { "pollReq", new TcpFrame.PollReq(5) },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Cut_InTheMiddleOfAnAnswer_IsReported_AndTheNextCallWorks(string row, byte[] sent)
    {
        Assert.NotEmpty(row);
        await using var server = new RawServer(async (stream, number) =>
        {
            if (number > 1) await AnswerForEverAsync(stream);
            await RawServer.ReadAsync(stream);
            await stream.WriteAsync(sent);
        });
        await using var client = Loopback.Connect(server.EndPoint);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.Cut, exception.Fault);
        Assert.Equal(Answer, (await client.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Cut_Fails_AllThatIsInFlight()
    {
        await using var server = new RawServer(async (stream, _) =>
        {
            for (var i = 0; i < 3; i++) await RawServer.ReadAsync(stream);
            await RawServer.WriteAsync(stream, new TcpFrame.FinalMsgRep(Answer));
        });
        await using var client = Loopback.Connect(server.EndPoint);
        var calls = Enumerable.Range(0, 3).Select(_ => client.ExchangeAsync(Request, Cancel).AsTask()).ToArray();
        await Task.WhenAll(calls.Select(call => call.ContinueWith(_ => { }, TaskScheduler.Default)));
        Assert.Equal(1, calls.Count(call => call.IsCompletedSuccessfully));
        Assert.Equal(2, calls.Count(call => call.Exception?.InnerException is CkiTransportException { Fault: CkiTransportFault.Cut }));
    }

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public async Task FrameThatIsNoAnswer_IsAViolation(string row, TcpFrame frame)
    {
        Assert.NotEmpty(row);
        await using var server = new RawServer(async (stream, _) =>
        {
            await RawServer.ReadAsync(stream);
            await RawServer.WriteAsync(stream, frame);
            await Task.Delay(TimeSpan.FromMinutes(1), Cancel);
        });
        await using var client = Loopback.Connect(server.EndPoint);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.Violation, exception.Fault);
    }

    [Theory]
    [InlineData("a control of either set", "a\u001B[2Jb\u009B2Jc", "a [2Jb 2Jc")]
    [InlineData("ends of lines", "a\r\nb\u0085c\u2028d\u2029e", "a  b c d e")]
    [InlineData("the other direction of text", "a\u202Eb", "a b")]
    public async Task Refusal_IsPassedOn_WithoutWhatTerminalsObey(string row, string words, string expected)
    {
        await using var server = new RawServer(async (stream, _) =>
        {
            await RawServer.ReadAsync(stream);
            await RawServer.WriteAsync(stream, new TcpFrame.ErrorMsgRep(words + new string('x', 10_000)));
        });
        await using var client = Loopback.Connect(server.EndPoint);
        var answer = await client.ExchangeAsync(Request, Cancel);
        Assert.True(answer.Refusal!.TrimEnd('x') == expected, row);
        Assert.Equal(1024, answer.Refusal.Length);
    }

    [Fact]
    public async Task OversizedAnswer_IsAViolation()
    {
        await using var server = new RawServer(async (stream, _) =>
        {
            await RawServer.ReadAsync(stream);
            await stream.WriteAsync(new byte[] { 0x00, 0x10, 0x00, 0x01 });
            await Task.Delay(TimeSpan.FromMinutes(1), Cancel);
        });
        await using var client = Loopback.Connect(server.EndPoint);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.Violation, exception.Fault);
        Assert.Contains("at most 1048576", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerWithoutARequest_ClosesTheConnection_AndTheNextCallWorks()
    {
        var closed = new TaskCompletionSource();
        await using var server = new RawServer(async (stream, number) =>
        {
            await RawServer.ReadAsync(stream);
            await RawServer.WriteAsync(stream, new TcpFrame.FinalMsgRep(Answer));
            if (number == 1) await RawServer.WriteAsync(stream, new TcpFrame.FinalMsgRep([0x31, 0x00]));
            try
            {
                await RawServer.WaitForEndAsync(stream);
            }
            finally
            {
                closed.TrySetResult();
            }
        });
        await using var client = Loopback.Connect(server.EndPoint);
        Assert.Equal(Answer, (await client.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
        await closed.Task.WaitAsync(Cancel);
        Assert.Equal(Answer, (await client.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task SlowAnswer_TimesOut_AndTheNextCallWorks()
    {
        await using var server = new RawServer(async (stream, number) =>
        {
            if (number > 1) await AnswerForEverAsync(stream);
            await RawServer.WaitForEndAsync(stream);
        });
        await using var client = Loopback.Connect(server.EndPoint, options => options with { AnswerTimeout = TimeSpan.FromSeconds(3) });
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.TimedOut, exception.Fault);
        Assert.Equal(Answer, (await AnsweredAsync(client)).Message!.Value.ToArray());
    }

    [Fact]
    public async Task SlowHandshake_TimesOut()
    {
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var client = Loopback.Connect((IPEndPoint)silent.LocalEndpoint, options => options with { HandshakeTimeout = TimeSpan.FromMilliseconds(300) });
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.TimedOut, exception.Fault);
    }

    [Fact]
    public async Task NobodyThere_IsUnreachable_UntilSomebodyIs()
    {
        int port;
        using (var reserved = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            reserved.Start();
            port = ((IPEndPoint)reserved.LocalEndpoint).Port;
        }

        var address = new IPEndPoint(IPAddress.Loopback, port);
        await using var client = Loopback.Connect(address);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.Unreachable, exception.Fault);

        await using var listener = await Loopback.ListenAsync(new ScriptedParty(), options => options with { EndPoint = address });
        Assert.NotNull((await client.ExchangeAsync(Request, Cancel)).Message);
    }

    [Fact]
    public async Task FaultOfTheParty_IsACut_AndTheNextCallWorks()
    {
        var calls = 0;
        var party = new ScriptedParty { Results = _ => ++calls == 1 ? throw new InvalidOperationException("disk full") : new HandlingResult.Answer(Answer) };
        await using var listener = await Loopback.ListenAsync(party);
        await using var client = Loopback.Connect(listener.EndPoint);
        var exception = await Assert.ThrowsAsync<CkiTransportException>(async () => await client.ExchangeAsync(Request, Cancel));
        Assert.DoesNotContain("disk full", exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(Answer, (await client.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
    }

    [Fact]
    public async Task Exchange_Rejects_WhatNoFrameCarries()
    {
        await using var client = Loopback.Connect(new IPEndPoint(IPAddress.Loopback, 9), options => options with { FrameLimit = 16 });
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.ExchangeAsync(new byte[16], Cancel));
    }

    [Fact]
    public async Task Exchange_Rejects_AClosedTransport()
    {
        await using var listener = await Loopback.ListenAsync(new ScriptedParty());
        var client = Loopback.Connect(listener.EndPoint);
        await client.ExchangeAsync(Request, Cancel);
        await client.DisposeAsync();
        await client.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await client.ExchangeAsync(Request, Cancel));
    }

    // On a busy machine the time may be over before the answer is there that is on its way.
    private static async Task<TransportAnswer> AnsweredAsync(TcpCkiTransport client)
    {
        while (true)
        {
            try
            {
                return await client.ExchangeAsync(Request, Cancel);
            }
            catch (CkiTransportException exception) when (exception.Fault == CkiTransportFault.TimedOut)
            {
                // Once more.
            }
        }
    }

    private static async Task AnswerForEverAsync(Stream stream)
    {
        while (true)
        {
            await RawServer.ReadAsync(stream);
            await RawServer.WriteAsync(stream, new TcpFrame.FinalMsgRep(Answer));
        }
    }
}
