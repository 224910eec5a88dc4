using System.Diagnostics;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows a CMA that asks the TLCMA for the domain of a user whom one of its own names (CKI Part 2 ¶28 b, ¶31 b), while he waits.</summary>
public sealed class UnknownDomainTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private TestWorld _world = null!;
    private TestTlcma _top = null!;
    private TestCma _a = null!;
    private TestCma _b = null!;
    private TestAgent _a1 = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _top = _world.AddTlcma();
        _a = await _world.Add("A", options => options with { AsksForDomains = true });
        _b = await _world.Add("B");
        await _top.Register(_a, _b);
        _a1 = await _a.Enrol("CN=A1,O=Domain A,C=GB");
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AUser_Waits_UntilTheTlcmaHasAnswered_AndGetsTheCertificate()
    {
        var b1 = await _b.Enrol("CN=B1,O=Domain B,C=GB");
        var request = _a1.Agent.RequestReceiveCertificates([b1.Name, _a1.Name], Now);
        Assert.Contains("The TLCMA is asked for the domain of CN=B1", Assert.IsType<ReceiveCertificatesResult.Waiting>(await Ask(request)).Text, StringComparison.Ordinal);
        Assert.IsType<ReceiveCertificatesResult.Waiting>(await Ask(request));
        var question = Assert.Single(await _a.Cma.Requests.ListAsync());
        var items = Assert.IsType<PKIBody.CkiTrr>(PKIMessage.Decode(question.Octets).Body).Value.ExternalRqInfo!.Value.Value;
        Assert.Equal([b1.Name], items.Select(item => DistinguishedName.From(Assert.IsType<ExternalRqInfoItemChoice.ExternalUser>(item.Choice).Value)));

        Assert.Equal(PKIStatus.Granted, (await _top.Serve(_a, question)).Status);
        var granted = Assert.IsType<ReceiveCertificatesResult.Granted>(await Ask(request));
        Assert.Equal([b1.Name, _a1.Name], granted.Certificates.Select(certificate => certificate.Subject));
        await _world.Deliver();
        Assert.IsType<ExternalSeedKeyResult.Granted>(await b1.AskSeed(granted.Certificates[0]));
    }

    [Fact]
    public async Task WhomTheTlcmaDoesNotKnow_IsRefused_AndNotAskedForAgainAtOnce()
    {
        var nobody = DistinguishedName.Parse("CN=X,O=Nowhere,C=GB");
        Assert.IsType<ReceiveCertificatesResult.Waiting>(await _a1.AskReceive(Now, null, nobody));
        Assert.IsType<ReceiveCertificatesResult.Waiting>(await (await _a.Enrol("CN=A2,O=Domain A,C=GB")).AskReceive(Now, null, nobody));
        Assert.Equal(PKIStatus.Rejection, (await _top.Serve(_a, Assert.Single(await _a.Cma.Requests.ListAsync()))).Status);
        await AssertUnknownAsync(nobody);
        _world.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.IsType<ReceiveCertificatesResult.Waiting>(await _a1.AskReceive(_world.Now, null, nobody));
    }

    [Fact]
    public async Task ADomainWithoutAKey_IsAskedFor_ByItsCma()
    {
        await _a.Store.CommitAsync(UnitOfWork.Of(new StoreChange.AddAuthority(new StoredAuthority(_b.Name.Canonical, _b.Options.Certificate.Encoded, Now))));
        var b1 = DistinguishedName.Parse("CN=B1,O=Domain B,C=GB");
        Assert.IsType<ReceiveCertificatesResult.Waiting>(await _a1.AskReceive(Now, null, b1));
        var question = Assert.Single(await _a.Cma.Requests.ListAsync());
        var item = Assert.Single(Assert.IsType<PKIBody.CkiTrr>(PKIMessage.Decode(question.Octets).Body).Value.ExternalRqInfo!.Value.Value);
        Assert.Equal(_b.Name, DistinguishedName.From(Assert.IsType<ExternalRqInfoItemChoice.ExternalCMA>(item.Choice).Value));
        await _top.Serve(_a, question);
        Assert.IsType<ReceiveCertificatesResult.Granted>(await _a1.AskReceive(Now, null, b1));
    }

    [Fact]
    public async Task Questions_AreFew_WhateverUsersName()
    {
        for (var i = 0; i < 30; i++) _ = await _a1.AskReceive(Now, null, DistinguishedName.Parse($"CN=X{i},O=Nowhere,C=GB"));
        Assert.Equal(20, (await _a.Cma.Requests.ListAsync()).Count);
        for (var i = 0; i < 110; i++)
        {
            foreach (var question in await _a.Cma.Requests.ListAsync()) await _top.Serve(_a, question);
            _ = await _a1.AskReceive(Now, null, DistinguishedName.Parse($"CN=Y{i},O=Nowhere,C=GB"));
        }

        // One user's share of the day is used up; another one has his own, and a malformed name is no question.
        await AssertUnknownAsync(DistinguishedName.Parse("CN=Z,O=Nowhere,C=GB"));
        var a2 = await _a.Enrol("CN=A2,O=Domain A,C=GB");
        Assert.IsType<ReceiveCertificatesResult.Waiting>(await a2.AskReceive(Now, null, DistinguishedName.Parse("CN=Z,O=Nowhere,C=GB")));
        Assert.IsType<ReceiveCertificatesResult.Rejected>(await a2.AskReceive(Now, null, [.. Enumerable.Range(0, 101).Select(i => DistinguishedName.Parse($"CN=W{i},O=Nowhere,C=GB"))]));
    }

    [Fact]
    public async Task WithoutThatOption_OrWithoutATlcma_TheRefusalComesAtOnce()
    {
        _a.Restart(options => options with { AsksForDomains = false });
        await AssertUnknownAsync(DistinguishedName.Parse("CN=B1,O=Domain B,C=GB"));
        var alone = await _world.Add("D", options => options with { AsksForDomains = true });
        var d1 = await alone.Enrol("CN=D1,O=Domain D,C=GB");
        Assert.Equal(PKIFailureInfo.UnrecognisedDomain, Assert.IsType<ReceiveCertificatesResult.Rejected>(await d1.AskReceive(Now, null, _a1.Name)).Failure);
        Assert.Empty(await alone.Cma.Requests.ListAsync());
    }

    // The question is stored, so that it may be sent long after, by another process.
    [Fact]
    public async Task TheQuestion_SaysWhichTraceItBelongsTo_IfItIsRecorded()
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == "test.trace", Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test.trace");
        var request = _a1.Agent.RequestReceiveCertificates([DistinguishedName.Parse("CN=X,O=Nowhere,C=GB")], Now);
        Assert.Null(MessageTrace.Read(request.Octets));
        using (var activity = source.StartActivity("handling")!)
        {
            _ = await Ask(request);
            _a.Restart();
            var question = Assert.Single(await _a.Cma.Requests.ListAsync());
            Assert.Equal((activity.TraceId, activity.SpanId, true), MessageTrace.Read(question.Octets) is { } read ? (read.TraceId, read.SpanId, read.IsRemote) : default);
            Assert.Equal(activity.TraceId, MessageTrace.Read(_a1.Agent.RequestSendCertificate(Now).Octets)?.TraceId);
            Assert.Equal(PKIStatus.Rejection, (await _top.Serve(_a, question)).Status);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("traceparent=")]
    [InlineData("traceparent=00-00000000000000000000000000000000-0000000000000000-01")]
    [InlineData("traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ")]
    [InlineData("traceparent=zz-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("Traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("please hurry")]
    public void OtherTexts_AreNoTrace(string text)
    {
        var message = PKIMessage.Decode(_a1.Agent.RequestSendCertificate(Now).Octets);
        Assert.Null(MessageTrace.Read((message with { Header = message.Header with { FreeText = FreeText.From(text) } }).Encode()));
        Assert.Null(MessageTrace.Read(new byte[] { 0x30, 0x00 }));
        Assert.Null(MessageTrace.Read(ReadOnlyMemory<byte>.Empty));
    }

    private async Task<ReceiveCertificatesResult> Ask(ReceiveCertificatesRequest request) => request.Complete(_a.Deliver(await _a1.Answer(request)));

    private async Task AssertUnknownAsync(DistinguishedName user)
    {
        Assert.Equal(PKIFailureInfo.UnrecognisedDomain, Assert.IsType<ReceiveCertificatesResult.Rejected>(await _a1.AskReceive(_world.Now, null, user)).Failure);
        Assert.Empty(await _a.Cma.Requests.ListAsync());
    }
}
