using CkiSdk.Protocol;
using CkiSdk.Protocol.Storage;
using CkiSdk.Tests.Storage;
using static CkiSdk.Tests.Storage.Records;

namespace CkiSdk.Storage.PostgreSql.Tests;

/// <summary>Holds the PostgreSQL store against the contract, with one store, after reopening, and with two on one database.</summary>
public sealed class PostgreSqlCmaStoreTests : StoreSharingContract
{
    private readonly string _place = TestServer.NewSchema();

    protected override async ValueTask<ICmaStore> OpenAsync() => await PostgreSqlCmaStore.OpenAsync(_place, TimeProvider.System, Cancellation);

    [Theory]
    [InlineData("a character that PostgreSQL does not know", "cn=a\0b")]
    [InlineData("what stands for it", "cn=a\u00010b")]
    [InlineData("what stands for what stands for it", "cn=a\u0001\u0001b\u0001\0")]
    [InlineData("quotes and backslashes", "cn=a'b\\c\"d;--")]
    [InlineData("characters of four octets", "cn=\U0001F511\U00010348")]
    public async Task Names_OfEveryKind_AreKept(string description, string name)
    {
        Assert.NotEmpty(description);
        await Store.WriteAsync(new StoreChange.PutUser(new EnrolledUser(name, new byte[] { 1 })), new StoreChange.Audit(new AuditEntry(Now, "a", name, name)));
        Assert.Equal(name, (await Store.FindUserAsync(name, Cancellation))!.CanonicalName);
        Assert.Equal(name, Assert.Single((await Store.ReadAuditAsync(Cancellation)).Links).Entry.Party);
        Assert.True(AuditChain.Verify(await Store.ReadAuditAsync(Cancellation)).IsIntact);
    }

    [Fact]
    public async Task Delivery_IsTakenOn_ByOneStoreAtATime()
    {
        await using var second = await OpenAsync();
        var long_ = TimeSpan.FromMinutes(5);
        Assert.True(await Store.TryTakeDeliveryAsync("cn=b", long_, Cancellation));
        Assert.False(await second.TryTakeDeliveryAsync("cn=b", long_, Cancellation));
        Assert.True(await second.TryTakeDeliveryAsync("cn=c", long_, Cancellation));
        Assert.True(await Store.TryTakeDeliveryAsync("cn=b", long_, Cancellation));

        // Nobody ends what another has taken on.
        await second.EndDeliveryAsync("cn=b", Cancellation);
        Assert.False(await second.TryTakeDeliveryAsync("cn=b", long_, Cancellation));
        await Store.EndDeliveryAsync("cn=b", Cancellation);
        Assert.True(await second.TryTakeDeliveryAsync("cn=b", TimeSpan.FromMilliseconds(1), Cancellation));

        // Whoever dies leaves it behind, for as long as he had taken it on.
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!await Store.TryTakeDeliveryAsync("cn=b", long_, Cancellation)) Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "the delivery does not end");
    }

    [Fact]
    public async Task TwoCouriers_Bring_EachAnnouncementOnce()
    {
        await using var second = await OpenAsync();
        var way = new CountingTransport();
        var couriers = new[] { new CkiCourier(Store, _ => way), new CkiCourier(second, _ => way) };
        for (var i = 0; i < 60; i++) await Store.WriteAsync(new StoreChange.Enqueue($"cn=b{i % 3}", new[] { (byte)i }));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while ((await Store.ListRecipientsAsync(Cancellation)).Count > 0)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), "the outboxes do not become empty");
            await Task.WhenAll(couriers.Select(courier => Task.Run(() => courier.DeliverAsync(Cancellation), Cancellation)));
        }

        Assert.Equal(Enumerable.Range(0, 60), way.Brought.Order());
        Assert.All(way.Brought.GroupBy(number => number % 3), ofOne => Assert.Equal(ofOne.Order(), ofOne));
    }

    private sealed class CountingTransport : ICkiTransport
    {
        private readonly List<int> _brought = [];

        public IReadOnlyList<int> Brought => _brought;

        public async ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            lock (_brought) _brought.Add(request.Span[0]);
            return new TransportAnswer { Services = SecurityServices.All, Peer = null };
        }

        public ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default) => ValueTask.FromResult<DeliveredMessage?>(null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
