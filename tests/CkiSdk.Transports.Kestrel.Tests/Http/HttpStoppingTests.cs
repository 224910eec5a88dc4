using CkiSdk.Protocol;
using CkiSdk.Transports.Kestrel.Tests.Tcp;
using CkiSdk.Transports.Tests.Contract;

namespace CkiSdk.Transports.Kestrel.Tests.Http;

/// <summary>Shows how a listener stops: what is in hand is finished, and nothing new begins.</summary>
public sealed class HttpStoppingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Stop_Answers_WhatIsBeingHandled(int version)
    {
        var (handling, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var party = new ScriptedParty();
        party.Script = async (message, cancel) =>
        {
            handling.TrySetResult();
            await release.Task.WaitAsync(cancel);
            return new HandlingResult.Answer(ScriptedParty.Reverse(message.Octets));
        };
        var listener = await HttpLoopback.ListenAsync(party);
        await using var client = HttpLoopback.Connect(listener.EndPoint, options => options with { Version = new Version(version, version == 1 ? 1 : 0) });
        var asked = client.ExchangeAsync(new byte[] { 1, 2 }, Cancel).AsTask();
        await handling.Task.WaitAsync(Cancel);
        var stopping = listener.StopAsync();
        Assert.False(stopping.IsCompleted);
        release.SetResult();
        Assert.Equal([2, 1], (await asked).Message!.Value.ToArray());
        await stopping;
        await listener.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => RawClient.ConnectAsync(listener.EndPoint));
    }

    [Fact]
    public async Task Stop_Cancels_WhatTakesTooLong()
    {
        var (handling, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        var party = new ScriptedParty();
        party.Script = async (_, cancel) =>
        {
            handling.TrySetResult();
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
        var listener = await HttpLoopback.ListenAsync(party, options => options with { StopTimeout = TimeSpan.FromMilliseconds(300) });
        await using var client = HttpLoopback.Connect(listener.EndPoint);
        var asked = client.ExchangeAsync(new byte[] { 1 }, Cancel).AsTask();
        await handling.Task.WaitAsync(Cancel);
        await listener.DisposeAsync();
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await Assert.ThrowsAsync<CkiTransportException>(() => asked);
    }

    [Fact]
    public async Task ClientWhoLeaves_DoesNotEnd_WhatIsBeingHandled()
    {
        var (handling, release, done) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var party = new ScriptedParty();
        party.Script = async (message, cancel) =>
        {
            handling.TrySetResult();
            await release.Task.WaitAsync(cancel);
            done.SetResult();
            return new HandlingResult.Answer(ScriptedParty.Reverse(message.Octets));
        };
        await using var listener = await HttpLoopback.ListenAsync(party);
        using var impatience = new CancellationTokenSource();
        await using (var client = HttpLoopback.Connect(listener.EndPoint))
        {
            var asked = client.ExchangeAsync(new byte[] { 1 }, impatience.Token).AsTask();
            await handling.Task.WaitAsync(Cancel);
            await impatience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        }

        release.SetResult();
        await done.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }
}
