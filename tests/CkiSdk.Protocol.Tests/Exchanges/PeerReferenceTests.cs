using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows that a reference stands for the same key at both ends, whatever of an exchange between peers is lost, comes twice or late (CKI Part 2 ¶52, profile section 4).</summary>
public sealed class PeerReferenceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private TestWorld _world = null!;
    private TestCma _a = null!;
    private TestCma _b = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        (_a, _b) = (await _world.Add("A"), await _world.Add("B"));
        foreach (var (one, other) in new[] { (_a, _b), (_b, _a) })
        {
            await one.Cma.Peers.PutAsync(other.Name, PartyKinds.Cma, DomainRule.Of(other.Options.Certificate));
            await one.Cma.Administration.CreateDomainKeyAsync(Now.AddDays(-1), Now.AddDays(600));
        }
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task OwnRequest_Repeats_WhatWasAnswered_AndTheNextIsNew()
    {
        var ofB = await Ask(_b, _a);
        var lost = await Answer(_b, _a, ofB);
        var mine = Assert.Single(await Shared(_a, _b));
        var ofA = await Ask(_a, _b);
        Assert.Equal(mine.MyReference, Info(ofA).MyIKRef.Value.ToHex());
        await Complete(_a, _b, await Answer(_a, _b, ofA));
        await Complete(_b, _a, lost);
        await OneKey();
        Assert.NotEqual(mine.MyReference, Info(await Ask(_a, _b)).MyIKRef.Value.ToHex());
    }

    [Fact]
    public async Task OwnRequest_Repeats_WhatWasAnswered_AlsoWithTheDomainCertificate_AndAfterARestart()
    {
        await Answer(_b, _a, await Ask(_b, _a));
        await _a.Cma.Administration.CreateDomainKeyAsync(Now, Now.AddDays(900));
        _a.Restart();
        await Complete(_a, _b, await Answer(_a, _b, await Ask(_a, _b)));
        await Complete(_b, _a, await Answer(_b, _a, await Ask(_b, _a)));
        await OneKey();
        await Complete(_a, _b, await Answer(_a, _b, await Ask(_a, _b)));
        Assert.Equal(2, (await Shared(_b, _a)).Count);
        Assert.Equal(2, (await Shared(_a, _b)).Select(key => Convert.ToHexString(key.DomainCertificate.Span)).Distinct().Count());
    }

    [Fact]
    public async Task Reference_ThatStandsForAKey_IsInNoFurtherAnswer()
    {
        var ofA = await Ask(_a, _b); // on its way for long
        await Complete(_b, _a, await Answer(_b, _a, await Ask(_b, _a)));
        await Complete(_b, _a, await Answer(_b, _a, await Ask(_b, _a)));
        Assert.Equal(2, (await Shared(_a, _b)).Count);
        await Complete(_a, _b, await Answer(_a, _b, ofA));
        await Agree(2);
    }

    [Fact]
    public async Task Request_ThatWaitsTooLong_IsMadeAnew_WithTheSameParameters()
    {
        var first = await Ask(_b, _a);
        await Answer(_b, _a, first);
        _world.Time.Advance(TimeSpan.FromDays(20));
        var again = Assert.Single(await _b.Cma.Requests.ListAsync());
        Assert.NotEqual(first.TransactionId, again.TransactionId);
        Assert.Equal((Info(first).MyIKRef, Info(first).DomainCertificate), (Info(again).MyIKRef, Info(again).DomainCertificate));
        Assert.Equal(again.TransactionId, (await Ask(_b, _a)).TransactionId);
        await Complete(_b, _a, await Answer(_b, _a, again));
        await OneKey();
    }

    [Fact]
    public async Task Request_IsGivenUp_WithItsDomainCertificate()
    {
        await Ask(_b, _a);
        _world.Time.Advance(TimeSpan.FromDays(601));
        Assert.Empty(await _b.Cma.Requests.ListAsync());
    }

    [Fact]
    public async Task LateRequest_LeavesTheLatest_ToBeRepeated()
    {
        var early = await Ask(_b, _a);
        await _b.Store.CommitAsync(UnitOfWork.Of(new StoreChange.RemovePendingRequest(_a.Name.Canonical, early.TransactionId)));
        var late = await Ask(_b, _a);
        await Answer(_b, _a, late);
        await Answer(_b, _a, early);
        Assert.Equal(Info(late).MyIKRef.Value.ToHex(), Assert.Single(await Shared(_a, _b), key => key.AskedAt is not null).YourReference);
        await Complete(_a, _b, await Answer(_a, _b, await Ask(_a, _b)));
        await Complete(_b, _a, await Answer(_b, _a, late));
        await Agree(1);
    }

    [Fact]
    public async Task KnownReference_WithOtherParameters_IsRefused()
    {
        await Complete(_b, _a, await Answer(_b, _a, await Ask(_b, _a)));
        var known = Assert.Single(await Shared(_a, _b)).YourReference!;
        await _b.Cma.Administration.CreateDomainKeyAsync(Now, Now.AddDays(900));
        var message = PKIMessage.Decode((await Ask(_b, _a)).Octets);
        var info = Info(message) with { MyIKRef = new IKReference((Asn1.OctetString)Convert.FromHexString(known)) };
        var refusal = Assert.IsType<PKIBody.CkiPrp>((await _a.Ask((message with { Body = new PKIBody.CkiPrr(info) }).Encode(), _b.Party)).Body).Value.Status;
        Assert.Equal((PKIStatus.Rejection, PKIFailureInfo.InvalidRequestParameters), (refusal.Status, refusal.FailInfo));
        Assert.Single(await Shared(_a, _b));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(10_000)]
    public async Task Reference_OfAnotherLength_IsRefused(int length)
    {
        var message = PKIMessage.Decode((await Ask(_b, _a)).Octets);
        var info = Info(message) with { MyIKRef = new IKReference((Asn1.OctetString)new byte[length]) };
        var answer = await _a.Ask((message with { Body = new PKIBody.CkiPrr(info) }).Encode(), _b.Party);
        var refusal = Assert.IsType<PKIBody.CkiPrp>(answer.Body).Value.Status;
        Assert.Equal((PKIStatus.Rejection, PKIFailureInfo.InvalidRequestParameters), (refusal.Status, refusal.FailInfo));
        Assert.StartsWith("myIKRef: ", FreeText.Read(answer.Header.FreeText), StringComparison.Ordinal);
        Assert.Empty(await Shared(_a, _b));
    }

    [Fact]
    public async Task Answer_WithAnotherReference_ReplacesNothing()
    {
        var ofA = await Ask(_a, _b);
        await Complete(_b, _a, await Answer(_b, _a, await Ask(_b, _a))); // answered with the reference of A's request
        var mine = Assert.Single(await Shared(_a, _b));
        var answer = await Answer(_a, _b, ofA);
        var content = ((PKIBody.CkiPrp)answer.Body).Value;
        var other = content.PeerExchangeInfo! with { MyIKRef = new IKReference((Asn1.OctetString)new byte[16]) };
        var outcome = await Complete(_a, _b, answer with { Body = new PKIBody.CkiPrp(content with { PeerExchangeInfo = other }) });
        Assert.Contains("stands for another key", outcome.Text, StringComparison.Ordinal);
        Assert.Equal(mine with { AskedAt = null, IsRetired = true, WrappedKey = default, DomainCertificate = default }, Assert.Single(await Shared(_a, _b)) with { WrappedKey = default, DomainCertificate = default });
        Assert.Empty(await _a.Cma.Requests.ListAsync());

        // The peer has lost the key, so that it is of no use there; the next one is under a reference that stands for none.
        Assert.Equal(PKIStatus.Granted, (await Complete(_a, _b, await Answer(_a, _b, await Ask(_a, _b)))).Status);
        Assert.Equal([true, false], (await Shared(_a, _b)).Select(key => key.IsRetired));
    }

    // The peer who answers so has lost nothing that could be told from a mistake: the key stays in use.
    [Fact]
    public async Task AnswerWithAReferenceOfThePeers_ThatIsUsed_ReplacesNothing_AndRetiresNothing()
    {
        await Complete(_a, _b, await Answer(_a, _b, await Ask(_a, _b)));
        var known = Assert.Single(await Shared(_a, _b));
        var answer = await Answer(_a, _b, await Ask(_a, _b));
        var content = ((PKIBody.CkiPrp)answer.Body).Value;
        var again = content.PeerExchangeInfo! with { MyIKRef = new IKReference((Asn1.OctetString)Convert.FromHexString(known.YourReference!)) };
        Assert.Contains("stands for another key", (await Complete(_a, _b, answer with { Body = new PKIBody.CkiPrp(content with { PeerExchangeInfo = again }) })).Text, StringComparison.Ordinal);
        Assert.False(Assert.Single(await Shared(_a, _b)).IsRetired);
    }

    [Fact]
    public async Task OfKeysWithTheSameStart_TheOneMadeLast_IsUsed()
    {
        var (a1, b1) = (await _a.Enrol("CN=A1,O=Domain A,C=GB"), await _b.Enrol("CN=B1,O=Domain B,C=GB"));
        for (var count = 0; count < 4; count++)
        {
            await Complete(_a, _b, await Answer(_a, _b, await Ask(_a, _b)));
            var last = (await Shared(_a, _b))[^1];
            var receive = await a1.Receive(b1, _world.Now.AddSeconds(count));
            Assert.Contains(last.YourReference!, Convert.ToHexStringLower(receive.SubjectKeyIdentifier!.Value.Span), StringComparison.Ordinal);
        }
    }

    private static ValueTask<OutgoingRequest> Ask(TestCma from, TestCma to) => from.Cma.Requests.RequestPeerKeyAsync(to.Name);

    private static PeerExchangeInfo Info(OutgoingRequest request) => Info(PKIMessage.Decode(request.Octets));

    private static PeerExchangeInfo Info(PKIMessage message) => ((PKIBody.CkiPrr)message.Body).Value;

    private static Task<PKIMessage> Answer(TestCma from, TestCma to, OutgoingRequest request) => to.Ask(request.Octets, from.Party);

    private static async Task<RequestOutcome> Complete(TestCma asker, TestCma answerer, PKIMessage answer) =>
        await asker.Cma.Requests.CompleteAsync(answerer.Deliver(answer.Encode()));

    private static async Task<IReadOnlyList<StoredInteroperabilityKey>> Shared(TestCma of, TestCma with) =>
        [.. (await of.Store.ListInteroperabilityKeysAsync()).Where(key => key.ExternalCma == with.Name.Canonical)];

    private async Task OneKey()
    {
        Assert.Single(await Shared(_a, _b));
        Assert.Single(await Shared(_b, _a));
        await Agree(1);
    }

    private async Task Agree(int count)
    {
        var theirs = (await Shared(_b, _a)).ToDictionary(key => key.MyReference, StringComparer.Ordinal);
        var pairs = (await Shared(_a, _b)).Where(key => theirs.ContainsKey(key.YourReference!)).Select(key => (Mine: key, Theirs: theirs[key.YourReference!])).ToArray();
        Assert.Equal(count, pairs.Length);
        foreach (var (mine, other) in pairs)
        {
            Assert.Equal((mine.MyReference, mine.NotBefore, mine.NotAfter), (other.YourReference, other.NotBefore, other.NotAfter));
            using var one = TestWorld.Provider.KeyWrap.Unwrap(_a.Options.StorageKey, mine.WrappedKey.Span)!;
            using var two = TestWorld.Provider.KeyWrap.Unwrap(_b.Options.StorageKey, other.WrappedKey.Span)!;
            Assert.True(one.FixedTimeEquals(two.Span));
        }
    }
}
