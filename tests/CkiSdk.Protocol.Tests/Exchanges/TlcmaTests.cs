using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Checks how CMAs get their domain parameters from the TLCMA (CKI Part 2 §III.A), with the real engines on both sides.</summary>
public sealed class TlcmaTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private static readonly DistinguishedName B1 = DistinguishedName.Parse("CN=B1,O=Domain B,C=GB");
    private TestWorld _world = null!;
    private TestTlcma _top = null!;
    private TestCma _a = null!;
    private TestCma _b = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _top = _world.AddTlcma();
        _a = await _world.Add("A", withKey: false);
        _b = await _world.Add("B", withKey: false);
        await _top.Register(_a, _b);
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ACma_Gets_LocalAndExternalKeys_AndTheOtherSideHears()
    {
        var outcome = await Ask(_a, withLocal: true, null, new RequestedDomain(_b.Name, Validity: (Now, Now.AddDays(200))));
        Assert.Equal(PKIStatus.Granted, outcome.Status);
        await _world.Deliver();

        var mine = await _a.Store.ListInteroperabilityKeysAsync();
        var local = Assert.Single(mine, key => key.ExternalCma is null);
        var external = Assert.Single(mine, key => key.ExternalCma == _b.Name.Canonical);
        var theirs = Assert.Single(await _b.Store.ListInteroperabilityKeysAsync());
        Assert.Equal((Now, Now.AddDays(200)), (external.NotBefore, external.NotAfter));
        Assert.Equal((external.MyReference, external.YourReference), (theirs.YourReference, theirs.MyReference));
        Assert.Equal((external.NotBefore, external.NotAfter, _a.Name.Canonical), (theirs.NotBefore, theirs.NotAfter, theirs.ExternalCma));
        Assert.Equal(Unwrap(_a, external), Unwrap(_b, theirs));
        Assert.NotEqual(Unwrap(_a, local), Unwrap(_a, external));
        Assert.Null(local.YourReference);
        Assert.Empty(await _a.Store.ListPendingRequestsAsync());
        Assert.Contains(await _a.Store.ListAuthoritiesAsync(), authority => authority.Cma == _b.Name.Canonical);
    }

    [Fact]
    public async Task UsersOfBothDomains_CanTalk_Afterwards()
    {
        await Ask(_a, withLocal: true, null, new RequestedDomain(B1, IsUser: true));
        await Ask(_b, withLocal: true, null);
        await _world.Deliver();
        var (a1, b1) = (await _a.Enrol("CN=A1,O=Domain A,C=GB"), await _b.Enrol("CN=B1,O=Domain B,C=GB"));
        var receive = await a1.Receive(b1, Now);
        Assert.IsType<ExternalSeedKeyResult.Granted>(await b1.AskSeed(receive));
    }

    [Fact]
    public async Task AKeyThatIsThere_IsGivenAgain_AlsoToTheOtherSide()
    {
        await Ask(_a, withLocal: false, null, new RequestedDomain(_b.Name));
        await Ask(_b, withLocal: false, null, new RequestedDomain(_a.Name));
        Assert.Equal(PKIStatus.GrantedWithMods, (await Ask(_a, withLocal: false, null, new RequestedDomain(_b.Name, Validity: (Now, Now.AddDays(9))))).Status);
        await _world.Deliver();
        Assert.Single(await _a.Store.ListInteroperabilityKeysAsync());
        Assert.Single(await _b.Store.ListInteroperabilityKeysAsync());
    }

    [Fact]
    public async Task TheValidity_IsAsRequested_UnlessPolicyLimitsIt()
    {
        var asked = await Ask(_a, withLocal: true, (Now.AddDays(3), Now.AddDays(50)));
        Assert.Equal(PKIStatus.Granted, asked.Status);
        Assert.Contains(await _a.Store.ListInteroperabilityKeysAsync(), key => (key.NotBefore, key.NotAfter) == (Now.AddDays(3), Now.AddDays(50)));
        var limited = await Ask(_a, withLocal: true, (Now, Now.AddYears(30)));
        Assert.Equal(PKIStatus.GrantedWithMods, limited.Status);
        Assert.Contains(await _a.Store.ListInteroperabilityKeysAsync(), key => key.NotAfter == Now + _top.Options.MaximumKeyLifetime);
    }

    [Fact]
    public async Task DomainsThatAreUnknown_AreLeftOut_AndTold()
    {
        var outcome = await Ask(_a, withLocal: false, null, new RequestedDomain(_b.Name), new RequestedDomain(DistinguishedName.Parse("CN=CMA X,C=GB")));
        Assert.Equal(PKIStatus.GrantedWithMods, outcome.Status);
        Assert.Contains("¶40 a", outcome.Text, StringComparison.Ordinal);
        Assert.Single(await _a.Store.ListInteroperabilityKeysAsync());
    }

    // The TLCMA knows no certificate of C to seal a key to.
    [Fact]
    public async Task DomainsWithoutAKey_AreLeftOut_AndTold()
    {
        var c = DistinguishedName.Parse("CN=CMA C,O=Domain C,C=GB");
        await _top.Tlcma.Peers.PutAsync(c, PartyKinds.Cma, new DomainRule([DistinguishedName.Parse("O=Domain C,C=GB")]));
        var outcome = await Ask(_a, withLocal: false, null, new RequestedDomain(_b.Name), new RequestedDomain(c));
        Assert.Equal(PKIStatus.GrantedWithMods, outcome.Status);
        Assert.Contains("¶40 b", outcome.Text, StringComparison.Ordinal);
        Assert.Equal(_b.Name.Canonical, Assert.Single(await _a.Store.ListInteroperabilityKeysAsync()).ExternalCma);
    }

    [Fact]
    public async Task Failures_ArriveAsBits()
    {
        await Rejected(PKIFailureInfo.UnrecognisedDomain, "¶40 a", new RequestedDomain(DistinguishedName.Parse("CN=C1,O=Domain C,C=GB"), IsUser: true));
        await Rejected(PKIFailureInfo.InvalidRequestParameters, "¶40 d");
        await Rejected(PKIFailureInfo.InvalidRequestParameters, "¶40 d", new RequestedDomain(_a.Name));
        await Rejected(PKIFailureInfo.InvalidRequestParameters, "¶40 d", new RequestedDomain(_b.Name, Validity: (Now.AddDays(-9), Now.AddDays(-1))));
        var c = DistinguishedName.Parse("CN=CMA C,O=Domain C,C=GB");
        await _top.Tlcma.Peers.PutAsync(c, PartyKinds.Cma, new DomainRule([DistinguishedName.Parse("O=Domain C,C=GB")]));
        await Rejected(PKIFailureInfo.InteroperabilityKeyUnavailable, "¶40 b", new RequestedDomain(c));
        Assert.Empty(await _a.Store.ListInteroperabilityKeysAsync());
        Assert.Empty(await _a.Store.ListPendingRequestsAsync());
    }

    [Fact]
    public async Task AnUnknownCma_IsNotAuthorised()
    {
        var c = await _world.Add("C", withKey: false);
        await c.Cma.Peers.PutAsync(_top.Name, PartyKinds.Tlcma);
        var outcome = await Ask(c, withLocal: true, null);
        Assert.Equal((PKIStatus.Rejection, PKIFailureInfo.UnauthorisedAccess), (outcome.Status, outcome.Failure));

        // Configured, but nobody knows what to seal keys to: they never go unprotected.
        await _top.Tlcma.Peers.PutAsync(c.Name, PartyKinds.Cma, DomainRule.Of(c.Options.Certificate));
        outcome = await Ask(c, withLocal: true, null);
        Assert.Equal((PKIStatus.Rejection, PKIFailureInfo.UnauthorisedAccess), (outcome.Status, outcome.Failure));
        Assert.StartsWith("extraCerts: ", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnrequestedDomains_ComeAlong_WherePolicySaysSo()
    {
        var c = await _world.Add("C", withKey: false);
        await _top.Register(c);
        await Ask(c, withLocal: false, null, new RequestedDomain(_a.Name));
        _top.Restart(options => options with { OffersAllDomains = true });
        await Ask(_a, withLocal: false, null, new RequestedDomain(_b.Name));
        Assert.Equal([_b.Name.Canonical, c.Name.Canonical], (await _a.Store.ListInteroperabilityKeysAsync()).Select(key => key.ExternalCma!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ADomainKey_ComesWithItsCertificate()
    {
        _top.Restart(options => options with { SuppliesDomainKeys = true });
        await Ask(_a, withLocal: true, null);
        var key = Assert.Single(await _a.Store.ListDomainKeysAsync());
        var certificate = Certificate.Decode(key.Certificate);
        Assert.Equal(_a.Name, certificate.Subject);
        Assert.True(certificate.IsSignedBy(_world.Anchor, TestWorld.Provider));
        Assert.Empty(CertificateLint.Check(certificate));
    }

    [Fact]
    public async Task BaseAndModulus_ComeIntoForce_WithTheKey()
    {
        await Ask(_a, withLocal: true, null);
        var a1 = await _a.Enrol("CN=A1,O=Domain A,C=GB");
        _top.Restart(options => options with { Group = DhGroups.Ffdhe3072 });
        await _top.Tlcma.Administration.AnnounceKeyAsync(_a.Name, other: null, Now.AddDays(10), Now.AddDays(400));
        await _world.Deliver();
        await a1.Fetch();
        Assert.Equal(DhGroups.Ffdhe2048, await GroupAt(a1, Now.AddDays(9)));
        Assert.Equal(DhGroups.Ffdhe3072, await GroupAt(a1, Now.AddDays(10)));
    }

    [Fact]
    public async Task ANewKey_IsAnnouncedToBothSides_AndToUsersWhoNeedIt()
    {
        await Ask(_a, withLocal: true, null, new RequestedDomain(_b.Name));
        await Ask(_b, withLocal: true, null);
        await _world.Deliver();
        var b1 = await _b.Enrol("CN=B1,O=Domain B,C=GB");
        await _b.Cma.Administration.SetCorrespondenceAsync(b1.Name, _a.Name, isFrequent: true);
        await _top.Tlcma.Administration.AnnounceKeyAsync(_a.Name, _b.Name, Now.AddDays(5), Now.AddDays(500));
        await _world.Deliver();
        Assert.Equal(2, (await _a.Store.ListInteroperabilityKeysAsync()).Count(key => key.ExternalCma == _b.Name.Canonical));
        Assert.Equal(2, (await _b.Store.ListInteroperabilityKeysAsync()).Count(key => key.ExternalCma == _a.Name.Canonical));
        var seed = Assert.IsType<AgentAnnouncement.SeedKey>(Assert.Single(await b1.Fetch())); // ¶62
        Assert.Equal(_a.Name, seed.Cma);
    }

    [Fact]
    public async Task InitialListsOfRevokedUsers_ComeAlong()
    {
        await _top.Tlcma.Administration.SetRevokedUsersAsync(_b.Name, [(B1, RevokeUserReason.UserBlackListed)]);
        await _top.Tlcma.Administration.SetRevokedUsersAsync(_a.Name, [(DistinguishedName.Parse("CN=A1,O=Domain A,C=GB"), RevokeUserReason.KeyCompromise)]);
        await Ask(_a, withLocal: true, null, new RequestedDomain(_b.Name));
        Assert.Equal(B1.Canonical, Assert.Single(await _a.Store.ListRevokedUsersAsync(_b.Name.Canonical)).CanonicalName);
        Assert.Single(await _a.Store.ListRevokedUsersAsync(RevokedList.Own));
    }

    [Fact]
    public async Task TheSameRequest_GetsTheSameKeys_AfterRestartsOnBothSides()
    {
        var request = await _a.Cma.Requests.RequestDomainsAsync(withLocalKey: true, null, [new RequestedDomain(_b.Name)]);
        var first = await _top.Answer(_a, request);
        _top.Restart();
        _a.Restart();
        var again = Assert.Single(await _a.Cma.Requests.ListAsync());
        Assert.Equal(request.Octets.ToArray(), again.Octets.ToArray());
        var second = await _top.Answer(_a, again);
        Assert.Equal(first.Body.Encode(), second.Body.Encode());
        Assert.Equal(PKIStatus.Granted, (await _a.Cma.Requests.CompleteAsync(_top.Deliver(second.Encode()))).Status);
        Assert.Equal(PKIStatus.Granted, (await _a.Cma.Requests.CompleteAsync(_top.Deliver(first.Encode()))).Status);
        Assert.Equal(2, (await _a.Store.ListInteroperabilityKeysAsync()).Count);
    }

    [Theory]
    [InlineData("the answer was not confidential", "¶38")]
    [InlineData("another nonce", "header.recipNonce")]
    [InlineData("another validity around the key", "ikValue")]
    [InlineData("another CMA around the key", "ikValue")]
    [InlineData("a local key with a second reference", "localIKInfo.yourIKRef")]
    [InlineData("a group that is not configured", "localBaseMod")]
    [InlineData("a revoked user of another domain", "revokedUserList")]
    [InlineData("another CMA's certificate", "externalCMACertificate")]
    public async Task TheCma_Refuses_WrongAnswers_AndTakesTheRealOneAfterwards(string change, string says)
    {
        var request = await _a.Cma.Requests.RequestDomainsAsync(withLocalKey: true, null, [new RequestedDomain(_b.Name)]);
        var answer = await _top.Answer(_a, request);
        var services = change == "the answer was not confidential" ? TestDomain.Signed : SecurityServices.All;
        var exception = await Assert.ThrowsAsync<CkiProtocolException>(
            async () => await _a.Cma.Requests.CompleteAsync(_top.Deliver(Changed(change, answer).Encode(), services)));
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
        Assert.Empty(await _a.Store.ListInteroperabilityKeysAsync());
        Assert.Equal(PKIStatus.Granted, (await _a.Cma.Requests.CompleteAsync(_top.Deliver(answer.Encode()))).Status);
    }

    private static PKIMessage Changed(string change, PKIMessage message)
    {
        var content = ((PKIBody.CkiTrp)message.Body).Value;
        var (local, external) = (content.LocalDomainInfo!, content.ExternalDomainInfo!.Value.Value[0]);
        PKIMessage Local(LocalDomainInfo info) => message with { Body = new PKIBody.CkiTrp(content with { LocalDomainInfo = info }) };
        PKIMessage External(ExternalDomainInfoItem item) => message with { Body = new PKIBody.CkiTrp(content with { ExternalDomainInfo = new ExternalDomainInfo(new[] { item }) }) };
        return change switch
        {
            "another nonce" => message with { Header = message.Header with { RecipNonce = new byte[16] } },
            "another validity around the key" => Local(local with { LocalIKInfo = local.LocalIKInfo with { Validity = local.LocalIKInfo.Validity with { NotAfter = Times.From(Now.AddYears(7)) } } }),
            "another CMA around the key" => External(external with { ExternalIKInfo = external.ExternalIKInfo with { IkValue = local.LocalIKInfo.IkValue } }),
            "a local key with a second reference" => Local(local with { LocalIKInfo = local.LocalIKInfo with { YourIKRef = new IKReference((OctetString)new byte[16]) } }),
            "a group that is not configured" => Local(local with { LocalBaseMod = new BaseModInfo.BaseModRef(new BaseModRef(ObjectIdentifier.Parse("1.2.3"))) }),
            "a revoked user of another domain" => External(external with { ExternalRevokUL = new RevokedUserList(new[] { new RevokedUserListItem { User = TestDomain.A1.Name, Reason = RevokeUserReason.KeyCompromise } }) }),
            "another CMA's certificate" => External(external with { ExternalCMACertificate = local.LocalCMACertificate }),
            _ => message,
        };
    }

    private async Task<RequestOutcome> Ask(TestCma cma, bool withLocal, (DateTimeOffset, DateTimeOffset)? validity, params RequestedDomain[] domains) =>
        await _top.Serve(cma, await cma.Cma.Requests.RequestDomainsAsync(withLocal, validity, domains));

    private async Task Rejected(PKIFailureInfo failure, string paragraph, params RequestedDomain[] domains)
    {
        var outcome = await Ask(_a, withLocal: false, null, domains);
        Assert.Equal((PKIStatus.Rejection, failure), (outcome.Status, outcome.Failure));
        Assert.Contains(paragraph, outcome.Text, StringComparison.Ordinal);
    }

    private static async Task<DhGroup> GroupAt(TestAgent agent, DateTimeOffset start)
    {
        var granted = Assert.IsType<SendCertificateResult.Granted>(await agent.AskSend(start));
        using var key = granted.PrivateKey;
        return key.Group;
    }

    private static string Unwrap(TestCma cma, StoredInteroperabilityKey key)
    {
        using var octets = TestWorld.Provider.KeyWrap.Unwrap(cma.Options.StorageKey, key.WrappedKey.Span);
        return Convert.ToHexString(octets!.Span);
    }
}
