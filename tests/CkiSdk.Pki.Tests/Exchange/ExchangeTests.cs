using CkiSdk.Asn1.Modules.SecureExchange;
using CkiSdk.Crypto;
using CkiSdk.Pki.Exchange;
using CkiSdk.Pki.Tests.Certificates;

namespace CkiSdk.Pki.Tests.Exchange;

public sealed class ExchangeTests
{
    private const string Alice = "CN=Alice,O=Domain A,C=GB";
    private const string Bob = "CN=Bob,O=Domain A,C=GB";

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048, KeyAlgorithm.EcP256)]
    [InlineData(KeyAlgorithm.EcP384, KeyAlgorithm.EcP521)]
    public async Task Messages_GoBothWays(KeyAlgorithm one, KeyAlgorithm other)
    {
        using var authority = await TestAuthority.Create();
        using var alice = await TestExchange.Create(authority, one, Alice);
        using var bob = await TestExchange.Create(authority, other, Bob);
        var (toBob, toAlice) = await TestExchange.Connect(alice.Offer(ExchangeRole.Initiator, Bob), bob.Offer(ExchangeRole.Responder, Alice));
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal([(byte)i, 1], Open(toAlice, toBob.Seal([(byte)i, 1], isLast: i == 299)));
            if (i % 2 == 0)
                Assert.Equal([(byte)i, 2], Open(toBob, toAlice.Seal([(byte)i, 2])));
        }

        Assert.Equal((300, 150, true, false), (toBob.Sent, toBob.Received, toAlice.HasPeerEnded, toBob.HasPeerEnded));
        Assert.Throws<InvalidOperationException>(() => toBob.Seal([1]));
    }

    [Fact]
    public async Task Open_Refuses_Changes_Repetitions_AndOtherOrders()
    {
        var (one, other) = await Connect();
        var (first, second, third) = (one.Seal([1]), one.Seal([2]), one.Seal([3]));
        Assert.NotEmpty(third);
        Assert.Equal([1], Open(other, first));
        Refuse(other, first, ExchangeRefusal.Replayed);
        Refuse(other, second, ExchangeRefusal.Closed); // nothing counts after a refusal

        (one, other) = await Connect();
        (first, second) = (one.Seal([1]), one.Seal([2]));
        Refuse(other, second, ExchangeRefusal.OutOfOrder);

        (one, other) = await Connect();
        Refuse(one, one.Seal([1]), ExchangeRefusal.NotAuthentic); // reflected
        Refuse(other, [0x30, 0x00], ExchangeRefusal.Malformed);
    }

    [Fact]
    public async Task Open_Refuses_EveryChangedOctet()
    {
        using var authority = await TestAuthority.Create();
        using var alice = await TestExchange.Create(authority, KeyAlgorithm.EcP256, Alice);
        using var bob = await TestExchange.Create(authority, KeyAlgorithm.EcP256, Bob);
        var length = 0;
        for (var i = 0; i == 0 || i < length; i++)
        {
            var (one, other) = await TestExchange.Connect(alice.Offer(ExchangeRole.Initiator, Bob), bob.Offer(ExchangeRole.Responder, Alice));
            var message = one.Seal([1, 2, 3], isLast: true);
            (length, message[i]) = (message.Length, (byte)(message[i] ^ 1));
            Assert.Null(other.Open(message, out _));
        }
    }

    [Fact]
    public async Task AcceptAsync_Refuses_OtherPeers()
    {
        using var authority = await TestAuthority.Create();
        using var stranger = await TestAuthority.Create();
        using var alice = await TestExchange.Create(authority, KeyAlgorithm.EcP256, Alice);
        using var bob = await TestExchange.Create(authority, KeyAlgorithm.EcP256, Bob);
        using var false_ = await TestExchange.Create(stranger, KeyAlgorithm.EcP256, Bob);
        var offer = alice.Offer(ExchangeRole.Initiator, Bob);
        Assert.Contains("not trusted", await Refusal(offer, false_.Offer(ExchangeRole.Responder, Alice).Hello), StringComparison.Ordinal);
        Assert.Contains("not CN=Bob", await Refusal(offer, alice.Offer(ExchangeRole.Responder, Alice).Hello), StringComparison.Ordinal);
        Assert.Contains("other side", await Refusal(offer, bob.Offer(ExchangeRole.Initiator, Alice).Hello), StringComparison.Ordinal);
        Assert.Contains("other side", await Refusal(offer, offer.Hello), StringComparison.Ordinal);
        Assert.Contains("other side", await Refusal(offer, new byte[] { 0x30, 0 }), StringComparison.Ordinal);
        Assert.Contains("not trusted", await Refusal(alice.Offer(ExchangeRole.Initiator, Bob, TestAuthority.NotAfter.AddDays(1)), bob.Offer(ExchangeRole.Responder, Alice).Hello), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcceptAsync_Refuses_KeysOfOtherExchanges()
    {
        using var authority = await TestAuthority.Create();
        using var alice = await TestExchange.Create(authority, KeyAlgorithm.EcP256, Alice);
        using var bob = await TestExchange.Create(authority, KeyAlgorithm.EcP256, Bob);
        using var carol = await TestExchange.Create(authority, KeyAlgorithm.EcP256, "CN=Carol,O=Domain A,C=GB");
        var (one, other, replayed) = (alice.Offer(ExchangeRole.Initiator, Bob), bob.Offer(ExchangeRole.Responder, Alice), bob.Offer(ExchangeRole.Responder, Alice));
        using var mine = await one.AcceptAsync(other.Hello);
        using var earlier = await replayed.AcceptAsync(one.Hello);
        using var reflected = await alice.Offer(ExchangeRole.Responder, Bob).AcceptAsync(bob.Offer(ExchangeRole.Initiator, Alice).Hello);
        using var theirs = await other.AcceptAsync(one.Hello);
        foreach (var wrong in (ReadOnlyMemory<byte>[])[earlier.KeyMessage, reflected.KeyMessage, mine.KeyMessage, theirs.KeyMessage[..^1], new byte[] { 0x30, 0 }])
            await Assert.ThrowsAsync<ExchangeRefusedException>(async () => await mine.AcceptAsync(wrong));
        var changed = theirs.KeyMessage.ToArray();
        changed[^10] ^= 1;
        await Assert.ThrowsAsync<ExchangeRefusedException>(async () => await mine.AcceptAsync(changed));

        // A key that Bob encrypted to Carol does not serve Alice: the hellos are signed with it.
        using var toCarol = await bob.Offer(ExchangeRole.Responder, "CN=Carol,O=Domain A,C=GB").AcceptAsync(carol.Offer(ExchangeRole.Initiator, Bob).Hello);
        await Assert.ThrowsAsync<ExchangeRefusedException>(async () => await mine.AcceptAsync(toCarol.KeyMessage));
        using var channel = await mine.AcceptAsync(theirs.KeyMessage);
        Assert.Equal(0, channel.Received);
    }

    private static async Task<(ExchangeChannel One, ExchangeChannel Other)> Connect()
    {
        using var authority = await TestAuthority.Create();
        using var alice = await TestExchange.Create(authority, KeyAlgorithm.EcP256, Alice);
        using var bob = await TestExchange.Create(authority, KeyAlgorithm.EcP256, Bob);
        return await TestExchange.Connect(alice.Offer(ExchangeRole.Initiator, Bob), bob.Offer(ExchangeRole.Responder, Alice));
    }

    private static byte[] Open(ExchangeChannel channel, byte[] message)
    {
        using var opened = channel.Open(message, out var refusal);
        Assert.Equal(ExchangeRefusal.None, refusal);
        return opened!.Span.ToArray();
    }

    private static void Refuse(ExchangeChannel channel, byte[] message, ExchangeRefusal expected)
    {
        Assert.Null(channel.Open(message, out var refusal));
        Assert.Equal(expected, refusal);
    }

    private static async Task<string> Refusal(ExchangeOffer offer, ReadOnlyMemory<byte> hello) =>
        (await Assert.ThrowsAsync<ExchangeRefusedException>(async () => await offer.AcceptAsync(hello))).Message;
}
