using System.Collections.Concurrent;
using System.Security.Cryptography;
using CkiSdk.Protocol;

namespace CkiSdk.Transports.Tests.Contract;

/// <summary>What every transport does, whatever carries its messages. The file is part of each test project that has a transport.</summary>
public abstract class TransportContract
{
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x05];
    private static readonly byte[] Status = [0x30, 0x00];
    private static readonly byte[] Final = [0x31, 0x00];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exchange_Carries_RequestAndAnswer()
    {
        var party = new ScriptedParty();
        await using var transport = await JoinAsync(party);
        var answer = await transport.ExchangeAsync(Request, Cancel);

        Assert.Equal(ScriptedParty.Reverse(Request), answer.Message!.Value.ToArray());
        Assert.Equal(TestAuthority.ServerName, answer.Peer!.Name);
        Assert.Equal(SecurityServices.All, answer.Services);
        Assert.False(answer.IsWaiting);
        Assert.False(answer.IsAccepted);
        Assert.Null(answer.Refusal);
        var delivered = Assert.Single(party.Received);
        Assert.Equal(Request, delivered.Octets.ToArray());
        Assert.Equal(TestAuthority.ClientName, delivered.Sender!.Name);
        Assert.Equal(TestAuthority.Client.RawData, delivered.Sender.Certificate.Encoded.ToArray());
        Assert.Equal(SecurityServices.All, delivered.Services);
    }

    [Fact]
    public async Task Exchange_Carries_HalfAMebibyte()
    {
        await using var transport = await JoinAsync(new ScriptedParty());
        var request = RandomNumberGenerator.GetBytes(512 * 1024);
        var answer = await transport.ExchangeAsync(request, Cancel);
        Assert.Equal(ScriptedParty.Reverse(request), answer.Message!.Value.ToArray());
    }

    [Fact]
    public async Task Exchange_OfAnAnnouncement_IsAccepted()
    {
        await using var transport = await JoinAsync(new ScriptedParty { Results = _ => new HandlingResult.Accepted() });
        var answer = await transport.ExchangeAsync(Request, Cancel);
        Assert.True(answer.IsAccepted);
        Assert.Null(answer.Message);
    }

    [Fact]
    public async Task Exchange_OfWhatNoMessageCanAnswer_IsRefused_AndTheNextIsAnswered()
    {
        var party = new ScriptedParty { Results = message => message.Octets.Length == 1 ? new HandlingResult.Refused("no PKIMessage: ü") : new HandlingResult.Answer(Status) };
        await using var transport = await JoinAsync(party);
        var answer = await transport.ExchangeAsync(new byte[] { 0xFF }, Cancel);
        Assert.Equal("no PKIMessage: ü", answer.Refusal);
        Assert.Null(answer.Message);
        Assert.False(answer.IsAccepted);
        Assert.Equal(Status, (await transport.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
    }

    [Fact]
    public async Task Exchange_Rejects_NoOctets()
    {
        await using var transport = await JoinAsync(new ScriptedParty());
        await Assert.ThrowsAsync<ArgumentException>(async () => await transport.ExchangeAsync(default, Cancel));
    }

    [Fact]
    public async Task Exchange_OfAWaitingAnswer_AsksAgainByTheSameRequest()
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
        var asked = 0;
        var party = new ScriptedParty { Results = _ => ++asked < 3 ? new HandlingResult.Waiting(Status, time) : new HandlingResult.Answer(Final) };
        await using var transport = await JoinAsync(party);
        for (var i = 0; i < 2; i++)
        {
            var answer = await transport.ExchangeAsync(Request, Cancel);
            Assert.True(answer.IsWaiting);
            Assert.Equal(time, answer.CheckBack);
            Assert.Equal(Status, answer.Message!.Value.ToArray());
        }

        var final = await transport.ExchangeAsync(Request, Cancel);
        Assert.False(final.IsWaiting);
        Assert.Equal(Final, final.Message!.Value.ToArray());
        Assert.All(party.Received, message => Assert.Equal(Request, message.Octets.ToArray()));
        Assert.Equal(3, party.Received.Count);
    }

    [Fact]
    public async Task ExchangeToEnd_Asks_UntilTheAnswerIsFinal()
    {
        var asked = 0;
        var party = new ScriptedParty { Results = _ => ++asked < 3 ? new HandlingResult.Waiting(Status, DateTimeOffset.UnixEpoch) : new HandlingResult.Answer(Final) };
        await using var transport = await JoinAsync(party);
        var answer = await transport.ExchangeToEndAsync(Request, TimeSpan.FromMinutes(1), cancellationToken: Cancel);
        Assert.Equal(Final, answer.Message!.Value.ToArray());
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task ExchangeToEnd_Returns_AnAnswerThatWaitsForLong()
    {
        var party = new ScriptedParty { Results = _ => new HandlingResult.Waiting(Status, DateTimeOffset.UtcNow.AddDays(1)) };
        await using var transport = await JoinAsync(party);
        Assert.True((await transport.ExchangeToEndAsync(Request, TimeSpan.FromMinutes(1), cancellationToken: Cancel)).IsWaiting);
        Assert.Single(party.Received);
    }

    [Fact]
    public async Task Exchange_ByManyAtOnce_GivesEachItsAnswer()
    {
        var party = new ScriptedParty();
        party.Script = async (message, cancel) =>
        {
            await Task.Yield();
            return new HandlingResult.Answer(ScriptedParty.Reverse(message.Octets));
        };
        await using var transport = await JoinAsync(party);
        var wrong = new ConcurrentBag<int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Cancel }, async (number, cancel) =>
        {
            var request = BitConverter.GetBytes(number);
            var answer = await transport.ExchangeAsync(request, cancel);
            if (!answer.Message!.Value.Span.SequenceEqual(ScriptedParty.Reverse(request))) wrong.Add(number);
        });
        Assert.Empty(wrong);
        Assert.Equal(200, party.Received.Count);
    }

    [Fact]
    public async Task Exchange_Cancelled_LeavesTheTransportOfUse()
    {
        var release = new TaskCompletionSource();
        var party = new ScriptedParty();
        party.Script = async (message, cancel) =>
        {
            if (message.Octets.Length == 1) await release.Task.WaitAsync(cancel);
            return new HandlingResult.Answer(ScriptedParty.Reverse(message.Octets));
        };
        await using var transport = await JoinAsync(party);
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await transport.ExchangeAsync(new byte[] { 1 }, impatience.Token));
        release.SetResult();
        Assert.Equal(ScriptedParty.Reverse(Request), (await transport.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await transport.ExchangeAsync(Request, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Announcements_ComeAgain_UntilAcknowledged()
    {
        var party = new ScriptedParty();
        await using var transport = await JoinAsync(party);
        Assert.Null(await transport.NextAnnouncementAsync(acknowledgesPrevious: false, Cancel));

        party.Announce(0x30, 0x01);
        party.Announce(0x30, 0x02);
        await AssertNext([0x30, 0x01], acknowledges: false);
        await AssertNext([0x30, 0x01], acknowledges: false);
        await AssertNext([0x30, 0x02], acknowledges: true);
        await AssertNext([0x30, 0x02], acknowledges: false);
        Assert.Null(await transport.NextAnnouncementAsync(acknowledgesPrevious: true, Cancel));

        party.Announce(0x30, 0x03);
        await AssertNext([0x30, 0x03], acknowledges: true);
        Assert.All(party.Askers, asker => Assert.Equal(TestAuthority.ClientName, asker.Name));

        async Task AssertNext(byte[] expected, bool acknowledges)
        {
            var announcement = await transport.NextAnnouncementAsync(acknowledges, Cancel);
            Assert.Equal(expected, announcement!.Octets.ToArray());
            Assert.Equal(TestAuthority.ServerName, announcement.Sender!.Name);
            Assert.Equal(SecurityServices.All, announcement.Services);
        }
    }

    /// <summary>Joins the usual client to a party that is the usual server. Disposing of the transport ends both.</summary>
    private protected abstract ValueTask<ICkiTransport> JoinAsync(ScriptedParty party);
}
