using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CkiSdk.Tests;

/// <summary>Shows that announcements are brought in their order until they are acknowledged, and that one party that is not reached holds up no other.</summary>
public sealed class CkiCourierTests
{
    private readonly InMemoryCmaStore _store = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Announcements_AreBrought_InTheirOrder()
    {
        await using var b = new Recorder(_ => new TransportAnswer { Services = SecurityServices.All, Peer = null });
        await PutAsync("b", 1, 2, 3);
        await PutAsync("user", 9);
        var courier = new CkiCourier(_store, name => name == "b" ? b : null, _time);
        Assert.Equal(3, await courier.DeliverAsync(Cancel));
        Assert.Equal([1, 2, 3], b.Received);
        Assert.Equal(["user"], await _store.ListRecipientsAsync(Cancel)); // who asks for it himself
        Assert.Equal(0, await courier.DeliverAsync(Cancel));
    }

    [Fact]
    public async Task Failure_Pauses_AndHoldsUpNobodyElse()
    {
        var isDown = true;
        await using var b = new Recorder(_ => isDown ? throw new CkiTransportException(CkiTransportFault.Unreachable, "down") : new TransportAnswer { Services = SecurityServices.All, Peer = null });
        await using var c = new Recorder(_ => new TransportAnswer { Services = SecurityServices.All, Peer = null });
        await PutAsync("b", 1);
        await PutAsync("c", 2);
        var courier = new CkiCourier(_store, name => name == "b" ? b : c, _time);
        Assert.Equal(1, await courier.DeliverAsync(Cancel));
        Assert.Equal([2], c.Received);
        isDown = false;
        Assert.Equal(0, await courier.DeliverAsync(Cancel)); // too early
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await courier.DeliverAsync(Cancel));
        Assert.Empty(await _store.ListRecipientsAsync(Cancel));
    }

    [Fact]
    public async Task TheLog_NamesTheRecipient_AsPeopleWriteIt()
    {
        var (recipient, lines) = (DistinguishedName.Parse("CN=CMA B,O=Domain B,C=GB"), new List<string>());
        var body = new PKIBody.CkiRULann(new CKIRevokedUserListAnnContent { Domain = recipient.Name, List = default });
        var message = new PKIMessage { Header = new PKIHeader { Pvno = PKIHeaderPvno.CkiVersion1, Sender = new GeneralName.DirectoryName(recipient.Name), Recipient = new GeneralName.DirectoryName(recipient.Name) }, Body = body };
        await _store.CommitAsync(UnitOfWork.Of(new StoreChange.Enqueue(recipient.Canonical, message.Encode())), Cancel);
        await using var b = new Recorder(_ => throw new CkiTransportException(CkiTransportFault.Unreachable, "down"));
        await new CkiCourier(_store, _ => b, _time, new Lines(lines)).DeliverAsync(Cancel);
        Assert.Equal("An announcement for CN=CMA B,O=Domain B,C=GB waits another 1 s: down", Assert.Single(lines));
    }

    [Fact]
    public async Task WhatNoTransportCarries_Pauses_AndHoldsUpNobodyElse()
    {
        await using var b = new Recorder(TooLong);
        await using var c = new Recorder(_ => new TransportAnswer { Services = SecurityServices.All, Peer = null });
        await PutAsync("b", 1);
        await PutAsync("c", 2);
        var courier = new CkiCourier(_store, name => name == "b" ? b : c, _time);
        Assert.Equal(1, await courier.DeliverAsync(Cancel));
        Assert.Equal(0, await courier.DeliverAsync(Cancel));
        Assert.Equal([1], b.Received);
    }

    [Fact]
    public async Task WhoIsSlow_IsLeftAlone_AndTheOthersGoOn()
    {
        var slow = new TaskCompletionSource<TransportAnswer>();
        var accepted = new TransportAnswer { Services = SecurityServices.All, Peer = null };
        await using var b = new Recorder(_ => accepted) { Wait = slow.Task };
        await using var c = new Recorder(_ => accepted);
        var courier = new CkiCourier(_store, name => name == "b" ? b : c);
        await PutAsync("b", 1);
        for (byte number = 1; number <= 3; number++)
        {
            await PutAsync("c", number);
            while (c.Received.Count < number) await courier.DeliverAsync(TimeSpan.FromMilliseconds(1), Cancel);
        }

        Assert.Equal([1], b.Received); // once, however often it is called
        Assert.Equal(["b"], await _store.ListRecipientsAsync(Cancel));
        slow.SetResult(accepted);
        await courier.WhenIdleAsync();
        Assert.Empty(await _store.ListRecipientsAsync(Cancel));
    }

    [Fact]
    public async Task Refusal_KeepsTheAnnouncement()
    {
        await using var b = new Recorder(_ => new TransportAnswer { Services = SecurityServices.All, Peer = null, Refusal = "not known here" });
        await PutAsync("b", 1);
        var courier = new CkiCourier(_store, _ => b, _time);
        for (var attempt = 0; attempt < 8; attempt++)
        {
            Assert.Equal(0, await courier.DeliverAsync(Cancel));
            _time.Advance(TimeSpan.FromMinutes(1)); // the longest pause
        }

        Assert.Equal(8, b.Received.Count);
        Assert.Equal(["b"], await _store.ListRecipientsAsync(Cancel));
    }

    private static TransportAnswer TooLong(byte request) => throw new ArgumentException("too long", nameof(request));

    private async Task PutAsync(string recipient, params byte[] messages) =>
        await _store.CommitAsync(UnitOfWork.Of([.. messages.Select(message => new StoreChange.Enqueue(recipient, new[] { message }))]), Cancel);

    private sealed class Recorder(Func<byte, TransportAnswer> answer) : ICkiTransport
    {
        public List<byte> Received { get; } = [];

        public Task Wait { get; init; } = Task.CompletedTask;

        public async ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
        {
            Received.Add(request.Span[0]);
            await Wait;
            return answer(request.Span[0]);
        }

        public ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default) => ValueTask.FromResult<DeliveredMessage?>(null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Lines(List<string> lines) : ILogger<CkiCourier>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Add(formatter(state, exception));
    }
}
