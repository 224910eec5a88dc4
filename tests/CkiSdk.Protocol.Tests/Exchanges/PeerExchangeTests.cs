using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Checks how two CMAs make a common interoperability key (CKI Part 2 §III.B), with the real engines on both sides.</summary>
public sealed class PeerExchangeTests : IAsyncLifetime
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
        await _a.Cma.Peers.PutAsync(_b.Name, PartyKinds.Cma, DomainRule.Of(_b.Options.Certificate));
        await _b.Cma.Peers.PutAsync(_a.Name, PartyKinds.Cma, DomainRule.Of(_a.Options.Certificate));
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task BothSides_GetTheSameKey_AndUsersCanTalk()
    {
        await MakeDomainKeys();
        Assert.Equal(PKIStatus.Granted, (await Serve(_a, _b, await _a.Cma.Requests.RequestPeerKeyAsync(_b.Name))).Status);
        var (mine, theirs) = (await Key(_a, _b), await Key(_b, _a));
        Same(mine, theirs);
        Assert.Equal((Now.AddDays(-5), Now.AddDays(300)), (mine.NotBefore, mine.NotAfter)); // ¶50
        var (a1, b1) = (await _a.Enrol("CN=A1,O=Domain A,C=GB"), await _b.Enrol("CN=B1,O=Domain B,C=GB"));
        Assert.IsType<ExternalSeedKeyResult.Granted>(await b1.AskSeed(await a1.Receive(b1, _world.Now)));
    }

    [Theory]
    [InlineData("both requests, then both answers")]
    [InlineData("one request and its answer, then the other request")]
    public async Task SimultaneousRequests_AgreeOnOneKey(string order)
    {
        await MakeDomainKeys();
        var (ofA, ofB) = (await _a.Cma.Requests.RequestPeerKeyAsync(_b.Name), await _b.Cma.Requests.RequestPeerKeyAsync(_a.Name));
        if (order.StartsWith("both", StringComparison.Ordinal))
        {
            var (toA, toB) = (await Answer(_a, _b, ofA), await Answer(_b, _a, ofB));
            await Complete(_a, _b, toA);
            await Complete(_b, _a, toB);
        }
        else
        {
            await Serve(_b, _a, ofB);
            await Serve(_a, _b, ofA);
        }

        Same(await Key(_a, _b), await Key(_b, _a));
    }

    [Fact]
    public async Task TheSameRequest_IsRepeated_UntilAnswered_AlsoAfterRestarts()
    {
        await MakeDomainKeys();
        var request = await _a.Cma.Requests.RequestPeerKeyAsync(_b.Name);
        var lost = await Answer(_a, _b, request);
        _a.Restart();
        _b.Restart();
        Assert.Equal(request.Octets.ToArray(), (await _a.Cma.Requests.RequestPeerKeyAsync(_b.Name)).Octets.ToArray());
        var again = await Answer(_a, _b, Assert.Single(await _a.Cma.Requests.ListAsync()));
        Assert.Equal(lost.Body.Encode(), again.Body.Encode());
        await Complete(_a, _b, again);
        Same(await Key(_a, _b), await Key(_b, _a));
        Assert.Empty(await _a.Cma.Requests.ListAsync());
    }

    [Fact]
    public async Task ANewReference_MakesANewKey_AndTheOldStays()
    {
        await MakeDomainKeys();
        await Serve(_a, _b, await _a.Cma.Requests.RequestPeerKeyAsync(_b.Name));
        await Serve(_a, _b, await _a.Cma.Requests.RequestPeerKeyAsync(_b.Name));
        Assert.Equal(2, (await _a.Store.ListInteroperabilityKeysAsync()).Count(key => key.ExternalCma == _b.Name.Canonical));
        Assert.Equal(2, (await _b.Store.ListInteroperabilityKeysAsync()).Count(key => key.ExternalCma == _a.Name.Canonical));
    }

    [Fact]
    public async Task UnequalGroups_Fail()
    {
        await _a.Cma.Administration.CreateDomainKeyAsync(Now, Now.AddDays(300));
        _b.Restart(options => options with { Group = DhGroups.Ffdhe3072 });
        await _b.Cma.Administration.CreateDomainKeyAsync(Now, Now.AddDays(300));
        var outcome = await Serve(_a, _b, await _a.Cma.Requests.RequestPeerKeyAsync(_b.Name));
        Assert.Equal((PKIStatus.Rejection, PKIFailureInfo.AlternativeBaseAndModulusRequired), (outcome.Status, outcome.Failure));
        Assert.Contains("¶57 c", outcome.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(await _b.Store.ListInteroperabilityKeysAsync(), key => key.ExternalCma is not null);
    }

    [Fact]
    public async Task RevokedUsers_ComeAlong()
    {
        await MakeDomainKeys();
        var b1 = await _b.Enrol("CN=B1,O=Domain B,C=GB");
        await _b.Cma.Administration.RevokeAsync(b1.Name, RevokeUserReason.KeyCompromise);
        await Serve(_a, _b, await _a.Cma.Requests.RequestPeerKeyAsync(_b.Name));
        Assert.Equal(b1.Name.Canonical, Assert.Single(await _a.Store.ListRevokedUsersAsync(_b.Name.Canonical)).CanonicalName);
    }

    [Fact]
    public async Task AStranger_IsNotAuthorised()
    {
        await MakeDomainKeys();
        var c = await _world.Add("C");
        await c.Cma.Peers.PutAsync(_b.Name, PartyKinds.Cma);
        await c.Cma.Administration.CreateDomainKeyAsync(Now, Now.AddDays(300));
        var outcome = await Serve(c, _b, await c.Cma.Requests.RequestPeerKeyAsync(_b.Name));
        Assert.Equal((PKIStatus.Rejection, PKIFailureInfo.UnauthorisedAccess), (outcome.Status, outcome.Failure));
    }

    [Theory]
    [InlineData("another's domain certificate", "domainCertificate")]
    [InlineData("the domain certificate of the recipient", "domainCertificate")]
    [InlineData("a CMA certificate of a wider domain", "externalCMACertificate")]
    [InlineData("a CMA certificate that leads nowhere", "externalCMACertificate")]
    [InlineData("a revoked user of another domain", "revokedUsers")]
    public async Task WrongParameters_AreRefused(string change, string field)
    {
        await MakeDomainKeys();
        var request = await _a.Cma.Requests.RequestPeerKeyAsync(_b.Name);
        var message = PKIMessage.Decode(request.Octets);
        var info = ((PKIBody.CkiPrr)message.Body).Value;
        var own = Certificate(Assert.Single(await _b.Store.ListDomainKeysAsync()));
        var key = _a.Options.SigningKey;
        var changed = change switch
        {
            "another's domain certificate" => info with { DomainCertificate = (await DomainCertificate("CN=CMA C,O=Domain C,C=GB")).Value },
            "the domain certificate of the recipient" => info with { DomainCertificate = own.Value },
            "a CMA certificate of a wider domain" => info with { ExternalCMACertificate = (await _world.Certify(_a.Name, key, Now, Now.AddYears(1), "C=GB")).Value },
            "a CMA certificate that leads nowhere" => info with { ExternalCMACertificate = (await SelfSigned()).Value },
            _ => info with { RevokedUsers = new RevokedUserList(new[] { new RevokedUserListItem { User = DistinguishedName.Parse("CN=B1,O=Domain B,C=GB").Name, Reason = RevokeUserReason.KeyCompromise } }) },
        };
        var answer = await _b.Ask((message with { Body = new PKIBody.CkiPrr(changed) }).Encode(), _a.Party);
        var status = Assert.IsType<PKIBody.CkiPrp>(answer.Body).Value.Status;
        Assert.Equal((PKIStatus.Rejection, PKIFailureInfo.InvalidRequestParameters), (status.Status, status.FailInfo));
        Assert.StartsWith($"{field}: ", Protocol.Messages.FreeText.Read(answer.Header.FreeText), StringComparison.Ordinal);
        Assert.Contains("¶57 b", Protocol.Messages.FreeText.Read(answer.Header.FreeText), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SecurityServices.OriginAuthentication)]
    [InlineData(SecurityServices.Integrity | SecurityServices.Confidentiality)]
    public async Task TooFewServices_AreRefused(SecurityServices services)
    {
        await MakeDomainKeys();
        var answer = await _b.Ask((await _a.Cma.Requests.RequestPeerKeyAsync(_b.Name)).Octets, _a.Party, services);
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Assert.IsType<PKIBody.CkiPrp>(answer.Body).Value.Status.FailInfo);
        Assert.Contains("¶55", Protocol.Messages.FreeText.Read(answer.Header.FreeText), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GrantedWithMods_IsNoAnswerHere()
    {
        await MakeDomainKeys();
        var answer = await Answer(_a, _b, await _a.Cma.Requests.RequestPeerKeyAsync(_b.Name));
        var content = ((PKIBody.CkiPrp)answer.Body).Value;
        var changed = answer with { Body = new PKIBody.CkiPrp(content with { Status = new PKIStatusInfo { Status = PKIStatus.GrantedWithMods } }) };
        await Assert.ThrowsAsync<CkiProtocolException>(async () => await Complete(_a, _b, changed));
        await Complete(_a, _b, answer);
        Same(await Key(_a, _b), await Key(_b, _a));
    }

    private async Task MakeDomainKeys()
    {
        await _a.Cma.Administration.CreateDomainKeyAsync(Now.AddDays(-10), Now.AddDays(300));
        await _b.Cma.Administration.CreateDomainKeyAsync(Now.AddDays(-5), Now.AddDays(900));
    }

    private async Task<Certificate> DomainCertificate(string name)
    {
        var spki = Certificate(Assert.Single(await _a.Store.ListDomainKeysAsync())).SubjectPublicKeyInfo;
        return await CertificateSigner.SignAsync(
            CertificateProfiles.Domain(DistinguishedName.Parse(name), spki, Now, Now.AddDays(9)),
            _world.Anchor, _world.AnchorKey, _world.AnchorKey.Algorithms[0], SerialNumbers.Random(TestWorld.Provider.Random));
    }

    private async Task<Certificate> SelfSigned() => await CertificateSigner.SignAsync(
        CertificateProfiles.Cma(_a.Name, _a.Options.SigningKey.SubjectPublicKeyInfo, Now, Now.AddDays(9), DomainRule.Of(_a.Options.Certificate)),
        null, _a.Options.SigningKey, _a.Options.SignatureAlgorithm, SerialNumbers.Random(TestWorld.Provider.Random));

    private static Certificate Certificate(StoredDomainKey key) => Pki.Certificates.Certificate.Decode(key.Certificate);

    private static Task<PKIMessage> Answer(TestCma from, TestCma to, OutgoingRequest request) => to.Ask(request.Octets, from.Party);

    private static async Task<RequestOutcome> Complete(TestCma asker, TestCma answerer, PKIMessage answer) =>
        await asker.Cma.Requests.CompleteAsync(answerer.Deliver(answer.Encode()));

    private static async Task<RequestOutcome> Serve(TestCma from, TestCma to, OutgoingRequest request) => await Complete(from, to, await Answer(from, to, request));

    private static async Task<StoredInteroperabilityKey> Key(TestCma of, TestCma with) =>
        Assert.Single(await of.Store.ListInteroperabilityKeysAsync(), key => key.ExternalCma == with.Name.Canonical);

    private void Same(StoredInteroperabilityKey mine, StoredInteroperabilityKey theirs)
    {
        Assert.Equal((mine.MyReference, mine.YourReference, mine.NotBefore, mine.NotAfter), (theirs.YourReference, theirs.MyReference, theirs.NotBefore, theirs.NotAfter));
        using var one = TestWorld.Provider.KeyWrap.Unwrap(_a.Options.StorageKey, mine.WrappedKey.Span);
        using var other = TestWorld.Provider.KeyWrap.Unwrap(_b.Options.StorageKey, theirs.WrappedKey.Span);
        Assert.True(one!.FixedTimeEquals(other!.Span));
    }
}
