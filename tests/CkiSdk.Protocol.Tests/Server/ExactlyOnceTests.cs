using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Shows that a transaction is decided once (profile section 4, Exactly once) and that times rise (Order).</summary>
public sealed class ExactlyOnceTests
{
    [Fact]
    public async Task HandleAsync_Repeats_TheBody_OfTheSameRequest()
    {
        using var domain = await TestDomain.Create();
        var request = domain.Request();
        var first = await domain.Ask(request);
        domain.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(first.Body, (await domain.Ask(request)).Body);
    }

    [Fact]
    public async Task HandleAsync_Repeats_TheBody_WhenNoncesAndTimesAreFresh()
    {
        using var domain = await TestDomain.Create();
        var request = domain.Request();
        var first = await domain.Ask(request);
        var again = request with { Header = request.Header with { SenderNonce = new byte[16], MessageTime = null } };
        Assert.Equal(first.Body, (await domain.Ask(again)).Body);
    }

    [Fact]
    public async Task HandleAsync_Repeats_TheBody_AfterARestart()
    {
        using var domain = await TestDomain.Create();
        var request = domain.Request();
        var first = await domain.Ask(request);
        domain.Restart();
        var second = await domain.Ask(request);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.Text, second.Text);
    }

    [Fact]
    public async Task HandleAsync_Repeats_RefusalAndText_AfterARestart()
    {
        using var domain = await TestDomain.Create();
        var request = domain.Request(end: TestDomain.Now.AddDays(-1));
        var first = await domain.Ask(request);
        domain.Restart();
        domain.Time.Advance(TimeSpan.FromHours(1));
        var second = await domain.Ask(request);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.Text, second.Text);
        second.IsRefused(PKIFailureInfo.InvalidRequestParameters, "suggestedValidityEnd", "¶85 b");
    }

    [Fact]
    public async Task HandleAsync_Refuses_AnotherBody_UnderAUsedIdentifier()
    {
        using var domain = await TestDomain.Create();
        var request = domain.Request();
        var granted = await domain.Ask(request);
        var other = domain.Request(TestDomain.Now.AddDays(1));
        var reused = other with { Header = other.Header with { TransactionID = request.Header.TransactionID } };
        (await domain.Ask(reused)).IsRefused(PKIFailureInfo.InvalidRequestParameters, "header.transactionID", "profile section 4");
        Assert.Equal(granted.Body, (await domain.Ask(request)).Body);
    }

    [Fact]
    public async Task HandleAsync_Keeps_TheIdentifiersOfSendersApart()
    {
        using var domain = await TestDomain.Create();
        await domain.Enrol(TestUser.A2);
        var mine = domain.Request();
        var his = domain.Request(user: TestDomain.A2);
        his = his with { Header = his.Header with { TransactionID = mine.Header.TransactionID } };
        Assert.Equal(TestDomain.A1, (await domain.Ask(mine)).Certificate.Subject);
        Assert.Equal(TestDomain.A2, (await domain.Ask(his, TestUser.A2)).Certificate.Subject);
    }

    [Fact]
    public async Task HandleAsync_Gives_OneCertificate_ToConcurrentRepetitions()
    {
        using var domain = await TestDomain.Create();
        var request = domain.Request();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => domain.Ask(request))));
        Assert.Single(answers.Select(answer => Convert.ToHexString(answer.Body)).Distinct());
        var serial = answers[0].Certificate.SerialNumber.ToUnsigned().ToArray();
        Assert.NotNull(await domain.Store.FindCertificateAsync(serial));
    }

    [Fact]
    public async Task HandleAsync_DecidesOnce_WhatComesAgain_AndFindsTheOldAnswer_AfterARestart()
    {
        var key = new CountingKey();
        using var domain = await TestDomain.Create(options => options with { SigningKey = key.Around(options.SigningKey) });
        var request = domain.Request();
        var first = await domain.Ask(request);
        var signatures = key.Signatures;
        Assert.Equal(first.Body, (await domain.Ask(request)).Body);
        Assert.Equal(signatures, key.Signatures);

        // A new process does not know what came lately: it decides in vain, and the commit finds the answer.
        domain.Restart();
        Assert.Equal(first.Body, (await domain.Ask(request)).Body);
        Assert.Equal(first.Body, (await domain.Ask(request)).Body);
        Assert.InRange(key.Signatures, signatures, signatures + 1);
    }

    [Fact]
    public async Task HandleAsync_Gives_ConcurrentTransactions_CertificatesOfTheirOwn()
    {
        using var domain = await TestDomain.Create();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => domain.Ask(domain.Request()))));
        Assert.Equal(20, answers.Select(answer => answer.Certificate.SerialNumber).Distinct().Count());
        Assert.Equal(20, answers.Select(answer => answer.MessageTime).Distinct().Count());
    }

    [Fact]
    public async Task HandleAsync_Gives_RisingTimes_WhileTheClockStands_GoesBack_AndAfterRestarts()
    {
        using var domain = await TestDomain.Create();
        var last = DateTimeOffset.MinValue;
        for (var i = 0; i < 60; i++)
        {
            if (i % 10 == 5) domain.Restart();
            if (i % 20 == 7) domain.Time.AdjustTime(domain.Time.GetUtcNow().AddSeconds(-2));
            var time = (await domain.Ask(domain.Request(end: TestDomain.Now.AddDays(-1)))).MessageTime;
            Assert.True(time > last, $"{time:O} is not after {last:O}");
            Assert.True(time < domain.Time.GetUtcNow().AddMinutes(1), "times stay near the clock");
            last = time;
        }
    }

    [Fact]
    public async Task HandleAsync_StoresNothing_ForThoseWhoMayNotAsk()
    {
        using var domain = await TestDomain.Create(withUser: false);
        var request = domain.Request();
        await domain.Ask(request);
        var key = new TransactionKey(TestDomain.A1.Canonical, request.Header.TransactionID!.Value.ToHex());
        Assert.Null(await domain.Store.FindAnswerAsync(key));
    }

    [Fact]
    public async Task HandleAsync_Takes_TheSerialBeforeItSigns()
    {
        var store = new InMemoryCmaStore();
        var failing = FailingStore.Around(store, nameof(ICmaStore.ReserveSerialsAsync));
        var key = new CountingKey();
        using var domain = await TestDomain.Create(options => options with { SigningKey = key.Around(options.SigningKey) }, store: failing);
        await Assert.ThrowsAsync<IOException>(() => domain.Ask(domain.Request()));
        Assert.Equal(0, key.Signatures);
    }

    [Theory]
    [InlineData(nameof(ICmaStore.StateAsync))]
    [InlineData(nameof(ICmaStore.FindAnswerAsync))]
    [InlineData(nameof(ICmaStore.ReserveSerialsAsync))]
    [InlineData(nameof(ICmaStore.CommitAsync))]
    [InlineData(nameof(ICmaStore.ReserveMessageTimesAsync))]
    public async Task HandleAsync_PassesOn_FailuresOfTheStore_AndIsWholeAfterwards(string method)
    {
        var store = new InMemoryCmaStore();
        using var healthy = await TestDomain.Create(store: store);
        using var failing = new Cma(healthy.Options, FailingStore.Around(store, method), TestDomain.Provider, healthy.Time);
        var request = healthy.Request();
        var delivered = new DeliveredMessage(request.Encode(), TestDomain.Signed, TestUser.A1.Peer);

        // An answer is looked for where the message came lately.
        if (method == nameof(ICmaStore.FindAnswerAsync)) await failing.HandleAsync(delivered);
        await Assert.ThrowsAsync<IOException>(async () => await failing.HandleAsync(delivered));
        var first = await healthy.Ask(request);
        Assert.Equal(PKIStatus.Granted, first.Status);
        Assert.Equal(first.Body, (await healthy.Ask(request)).Body);
    }
}
