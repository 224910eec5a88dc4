using System.Diagnostics;
using CkiSdk.Protocol;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Tcp;

public sealed class TcpStoppingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_Answers_WhatIsBeingHandled()
    {
        var handling = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var party = new ScriptedParty();
        party.Script = async (message, cancel) =>
        {
            handling.TrySetResult();
            await release.Task.WaitAsync(cancel);
            return new HandlingResult.Answer(ScriptedParty.Reverse(message.Octets));
        };
        var listener = await Loopback.ListenAsync(party);
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        await using var idle = await RawClient.AuthenticateAsync(listener.EndPoint);
        await client.SendAsync("00000003 00 3001 00000003 00 3002");
        await handling.Task;
        var stopping = listener.StopAsync();
        await idle.AssertClosedAsync();
        Assert.False(stopping.IsCompleted);

        release.SetResult();
        Assert.Equal(new TcpFrame.FinalMsgRep([0x01, 0x30]), await client.ReadAsync());
        Assert.Null(await client.ReadAsync());
        await stopping;
        Assert.Single(party.Received);
        await listener.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => RawClient.ConnectAsync(listener.EndPoint));
    }

    [Fact]
    public async Task Stop_Cancels_WhatTakesTooLong()
    {
        var party = new ScriptedParty();
        var cancelled = new TaskCompletionSource();
        party.Script = async (_, cancel) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }
            finally
            {
                cancelled.SetResult();
            }

            return new HandlingResult.Accepted();
        };
        var listener = await Loopback.ListenAsync(party, options => options with { StopTimeout = TimeSpan.FromMilliseconds(300) });
        await using var client = await RawClient.AuthenticateAsync(listener.EndPoint);
        await client.SendAsync("00000003 00 3001");
        while (party.Received.IsEmpty) await Task.Delay(10, Cancel);
        var started = Stopwatch.GetTimestamp();
        await listener.DisposeAsync();
        await cancelled.Task;
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Stop_Twice_IsFine()
    {
        var listener = await Loopback.ListenAsync(new ScriptedParty());
        await listener.StopAsync();
        await listener.StopAsync();
        await listener.DisposeAsync();
        await listener.DisposeAsync();
    }
}
