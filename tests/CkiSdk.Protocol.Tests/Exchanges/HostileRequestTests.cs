using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows what parties that may ask cannot do all the same: use up the store, make two sides disagree, answer what nobody asked.</summary>
public sealed class HostileRequestTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private TestWorld _world = null!;
    private TestCma _a = null!;
    private TestCma _b = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _a = await _world.Add("A");
        _b = await _world.Add("B");
        await TestWorld.Share(_a, _b, Now.AddDays(-1), Now.AddDays(100));
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ADomainNamedTwice_GetsOneKey_ThatBothSidesKnow()
    {
        var top = _world.AddTlcma();
        var c = await _world.Add("C", withKey: false);
        await top.Register(_a, c);
        var byUser = new RequestedDomain(DistinguishedName.Parse("CN=C1,O=Domain C,C=GB"), IsUser: true);
        await top.Serve(_a, await _a.Cma.Requests.RequestDomainsAsync(withLocalKey: false, null, [new RequestedDomain(c.Name), byUser, new RequestedDomain(c.Name, Validity: (Now.AddYears(9), Now.AddYears(10)))]));
        await _world.Deliver();
        var mine = (await _a.Store.ListInteroperabilityKeysAsync()).Where(key => key.ExternalCma == c.Name.Canonical).Select(key => key.MyReference).ToArray();
        var theirs = (await c.Store.ListInteroperabilityKeysAsync()).Select(key => key.YourReference!).ToArray();
        Assert.Equal(2, mine.Length); // one now, and one for the time after it
        Assert.Equal(mine, theirs);
        Assert.Equal(2, (await top.Store.ListPairKeysAsync(c.Name.Canonical)).Count);
    }

    [Fact]
    public async Task ARequestForFarTooManyDomains_IsRefused()
    {
        var top = _world.AddTlcma();
        await top.Register(_a, _b);
        var domains = Enumerable.Range(0, 1001).Select(day => new RequestedDomain(_b.Name, Validity: (Now.AddDays(day), Now.AddDays(day).AddSeconds(9)))).ToArray();
        var outcome = await top.Serve(_a, await _a.Cma.Requests.RequestDomainsAsync(withLocalKey: false, null, domains));
        Assert.Equal((PKIStatus.Rejection, PKIFailureInfo.InvalidRequestParameters), (outcome.Status, outcome.Failure));
        Assert.Empty(await top.Store.ListPairKeysAsync(_b.Name.Canonical));
    }

    [Fact]
    public async Task AnAnswerOfAnotherKind_AnswersNothing()
    {
        var both = await _world.Add("X");
        await _a.Cma.Peers.PutAsync(both.Name, PartyKinds.Cma | PartyKinds.Tlcma);
        var request = PKIMessage.Decode((await _a.Cma.Requests.RequestDomainsAsync(withLocalKey: true, null, [])).Octets);
        var body = new PKIBody.CkiPrp(new CKIPeerCmaRepContent { Status = new PKIStatusInfo { Status = PKIStatus.Rejection } });
        var answer = new MessageWriter(both.Name, TestWorld.Provider.Random).Answer(request.Header, body, Now).Encode();
        Assert.Contains("no request under it waits", Assert.IsType<HandlingResult.Refused>(await _a.Handle(answer, both.Party)).Text, StringComparison.Ordinal);
        Assert.Single(await _a.Store.ListPendingRequestsAsync());
    }

    [Fact]
    public async Task ALongName_LeavesAShortEntry_InTheAuditLog()
    {
        var a1 = await _a.Enrol("CN=A1,O=Domain A,C=GB");
        var request = a1.Agent.RequestReceiveCertificates([Long("O=Nowhere,C=GB")], Now);
        Assert.IsType<PKIBody.CkiRCrp>((await _a.Ask(request.Octets, a1.User)).Body);
        var entry = (await _a.Store.ReadAuditAsync()).Links[^1].Entry;
        Assert.Equal("message.ckiRCrr", entry.Event);
        Assert.InRange(entry.Detail.Length, 100, 2000);
    }

    [Fact]
    public async Task ALongName_IsNotFixedForTheUser_WhomItNames()
    {
        var (a1, b1) = (await _a.Enrol("CN=A1,O=Domain A,C=GB"), await _b.Enrol("CN=B 1,O=Domain B,C=GB"));
        var wide = DistinguishedName.Parse($"CN=B{new string(' ', 50_000)}1,O=Domain B,C=GB");
        Assert.Equal(b1.Name, wide);
        var answer = await _a.Ask(a1.Agent.RequestReceiveCertificates([wide], Now).Octets, a1.User);
        var status = Assert.IsType<PKIBody.CkiRCrp>(answer.Body).Value.Status;
        Assert.Equal((PKIStatus.Rejection, PKIFailureInfo.InvalidRequestParameters), (status.Status, status.FailInfo));
        Assert.Equal(b1.Name.Encoded.ToArray(), (await a1.Receive(b1, Now)).Subject.Encoded.ToArray());
    }

    private static DistinguishedName Long(string above) => DistinguishedName.Parse($"CN={new string('x', 100_000)},{above}");
}
