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
public sealed class PeerExchangeTests : TwoDomains
{
    [Fact]
    public async Task BothSides_GetTheSameKey_AndUsersCanTalk()
    {
        await MakeDomainKeys();
        Assert.Equal(PKIStatus.Granted, (await Serve(A, B, await A.Cma.Requests.RequestPeerKeyAsync(B.Name))).Status);
        var (mine, theirs) = (await Key(A, B), await Key(B, A));
        Same(mine, theirs);
        Assert.Equal((Now.AddDays(-5), Now.AddDays(300)), (mine.NotBefore, mine.NotAfter)); // ¶50
        var (a1, b1) = (await A.Enrol("CN=A1,O=Domain A,C=GB"), await B.Enrol("CN=B1,O=Domain B,C=GB"));
        Assert.IsType<ExternalSeedKeyResult.Granted>(await b1.AskSeed(await a1.Receive(b1, World.Now)));
    }

    // Where there is no TLCMA that would revoke it.
    [Fact]
    public async Task APeerThatIsTakenOff_MayDoNothing_AndNobodyGetsCertificatesForItsUsers()
    {
        await MakeDomainKeys();
        await Serve(A, B, await A.Cma.Requests.RequestPeerKeyAsync(B.Name));
        var (a1, b1) = (await A.Enrol("CN=A1,O=Domain A,C=GB"), await B.Enrol("CN=B1,O=Domain B,C=GB"));
        var ofA1 = await b1.Receive(a1, World.Now);
        var outstanding = await A.Cma.Requests.RequestPeerKeyAsync(B.Name);
        await A.Cma.Administration.RevokeAsync(a1.Name, RevokeUserReason.Unspecified); // what is announced to B
        await A.Cma.Administration.RestoreAsync(a1.Name);

        Assert.True(await A.Cma.Peers.RemoveAsync(B.Name));
        Assert.False(await A.Cma.Peers.RemoveAsync(B.Name));
        Assert.Null(await A.Cma.NextAnnouncementAsync(B.Party.Peer, SecurityServices.All, null));
        Assert.Empty(await A.Cma.Requests.ListAsync());
        Assert.Equal(PKIFailureInfo.UnrecognisedDomain, Assert.IsType<ReceiveCertificatesResult.Rejected>(await a1.AskReceive(World.Now, null, b1.Name)).Failure);
        var refused = Assert.IsType<PKIBody.CkiPrp>((await A.Ask((await B.Cma.Requests.RequestPeerKeyAsync(A.Name)).Octets, B.Party)).Body).Value.Status;
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, refused.FailInfo);
        Assert.IsNotType<HandlingResult.Accepted>(await A.Cma.HandleAsync(B.Deliver((await B.Ask(outstanding.Octets, A.Party)).Encode())));
        Assert.True(Assert.Single(await A.Store.ListInteroperabilityKeysAsync(), key => key.ExternalCma is not null).IsRetired);
        Assert.Contains((await A.Store.ReadAuditAsync()).Links, link => link.Entry.Event == "peer.removed");
        Assert.NotNull(ofA1);
    }

    [Theory]
    [InlineData("both requests, then both answers")]
    [InlineData("one request and its answer, then the other request")]
    public async Task SimultaneousRequests_AgreeOnOneKey(string order)
    {
        await MakeDomainKeys();
        var (ofA, ofB) = (await A.Cma.Requests.RequestPeerKeyAsync(B.Name), await B.Cma.Requests.RequestPeerKeyAsync(A.Name));
        if (order.StartsWith("both", StringComparison.Ordinal))
        {
            var (toA, toB) = (await Answer(A, B, ofA), await Answer(B, A, ofB));
            await Complete(A, B, toA);
            await Complete(B, A, toB);
        }
        else
        {
            await Serve(B, A, ofB);
            await Serve(A, B, ofA);
        }

        Same(await Key(A, B), await Key(B, A));
    }

    [Fact]
    public async Task TheSameRequest_IsRepeated_UntilAnswered_AlsoAfterRestarts()
    {
        await MakeDomainKeys();
        var request = await A.Cma.Requests.RequestPeerKeyAsync(B.Name);
        var lost = await Answer(A, B, request);
        A.Restart();
        B.Restart();
        Assert.Equal(request.Octets.ToArray(), (await A.Cma.Requests.RequestPeerKeyAsync(B.Name)).Octets.ToArray());
        var again = await Answer(A, B, Assert.Single(await A.Cma.Requests.ListAsync()));
        Assert.Equal(lost.Body.Encode(), again.Body.Encode());
        await Complete(A, B, again);
        Same(await Key(A, B), await Key(B, A));
        Assert.Empty(await A.Cma.Requests.ListAsync());
    }

    [Fact]
    public async Task ANewReference_MakesANewKey_AndTheOldStays()
    {
        await MakeDomainKeys();
        await Serve(A, B, await A.Cma.Requests.RequestPeerKeyAsync(B.Name));
        await Serve(A, B, await A.Cma.Requests.RequestPeerKeyAsync(B.Name));
        Assert.Equal(2, (await A.Store.ListInteroperabilityKeysAsync()).Count(key => key.ExternalCma == B.Name.Canonical));
        Assert.Equal(2, (await B.Store.ListInteroperabilityKeysAsync()).Count(key => key.ExternalCma == A.Name.Canonical));
    }

    [Fact]
    public async Task UnequalGroups_Fail()
    {
        await A.Cma.Administration.CreateDomainKeyAsync(Now, Now.AddDays(300));
        B.Restart(options => options with { Group = DhGroups.Ffdhe3072 });
        await B.Cma.Administration.CreateDomainKeyAsync(Now, Now.AddDays(300));
        var outcome = await Serve(A, B, await A.Cma.Requests.RequestPeerKeyAsync(B.Name));
        Assert.Equal((PKIStatus.Rejection, PKIFailureInfo.AlternativeBaseAndModulusRequired), (outcome.Status, outcome.Failure));
        Assert.Contains("¶57 c", outcome.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(await B.Store.ListInteroperabilityKeysAsync(), key => key.ExternalCma is not null);
    }

    [Fact]
    public async Task RevokedUsers_ComeAlong()
    {
        await MakeDomainKeys();
        var b1 = await B.Enrol("CN=B1,O=Domain B,C=GB");
        await B.Cma.Administration.RevokeAsync(b1.Name, RevokeUserReason.KeyCompromise);
        await Serve(A, B, await A.Cma.Requests.RequestPeerKeyAsync(B.Name));
        Assert.Equal(b1.Name.Canonical, Assert.Single(await A.Store.ListRevokedUsersAsync(B.Name.Canonical)).CanonicalName);
    }

    [Fact]
    public async Task AStranger_IsNotAuthorised()
    {
        await MakeDomainKeys();
        var c = await World.Add("C");
        await c.Cma.Peers.PutAsync(B.Name, PartyKinds.Cma);
        await c.Cma.Administration.CreateDomainKeyAsync(Now, Now.AddDays(300));
        var outcome = await Serve(c, B, await c.Cma.Requests.RequestPeerKeyAsync(B.Name));
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
        var request = await A.Cma.Requests.RequestPeerKeyAsync(B.Name);
        var message = PKIMessage.Decode(request.Octets);
        var info = ((PKIBody.CkiPrr)message.Body).Value;
        var own = Certificate(Assert.Single(await B.Store.ListDomainKeysAsync()));
        var key = A.Options.SigningKey;
        var changed = change switch
        {
            "another's domain certificate" => info with { DomainCertificate = (await DomainCertificate("CN=CMA C,O=Domain C,C=GB")).Value },
            "the domain certificate of the recipient" => info with { DomainCertificate = own.Value },
            "a CMA certificate of a wider domain" => info with { ExternalCMACertificate = (await World.Certify(A.Name, key, Now, Now.AddYears(1), "C=GB")).Value },
            "a CMA certificate that leads nowhere" => info with { ExternalCMACertificate = (await SelfSigned()).Value },
            _ => info with { RevokedUsers = new RevokedUserList(new[] { new RevokedUserListItem { User = DistinguishedName.Parse("CN=B1,O=Domain B,C=GB").Name, Reason = RevokeUserReason.KeyCompromise } }) },
        };
        var answer = await B.Ask((message with { Body = new PKIBody.CkiPrr(changed) }).Encode(), A.Party);
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
        var answer = await B.Ask((await A.Cma.Requests.RequestPeerKeyAsync(B.Name)).Octets, A.Party, services);
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Assert.IsType<PKIBody.CkiPrp>(answer.Body).Value.Status.FailInfo);
        Assert.Contains("¶55", Protocol.Messages.FreeText.Read(answer.Header.FreeText), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GrantedWithMods_IsNoAnswerHere()
    {
        await MakeDomainKeys();
        var answer = await Answer(A, B, await A.Cma.Requests.RequestPeerKeyAsync(B.Name));
        var content = ((PKIBody.CkiPrp)answer.Body).Value;
        var changed = answer with { Body = new PKIBody.CkiPrp(content with { Status = new PKIStatusInfo { Status = PKIStatus.GrantedWithMods } }) };
        await Assert.ThrowsAsync<CkiProtocolException>(async () => await Complete(A, B, changed));
        await Complete(A, B, answer);
        Same(await Key(A, B), await Key(B, A));
    }

    // The keys are what the tests make.
    private protected override async Task ShareAsync()
    {
        await A.Cma.Peers.PutAsync(B.Name, PartyKinds.Cma, DomainRule.Of(B.Options.Certificate));
        await B.Cma.Peers.PutAsync(A.Name, PartyKinds.Cma, DomainRule.Of(A.Options.Certificate));
    }

    private async Task MakeDomainKeys()
    {
        await A.Cma.Administration.CreateDomainKeyAsync(Now.AddDays(-10), Now.AddDays(300));
        await B.Cma.Administration.CreateDomainKeyAsync(Now.AddDays(-5), Now.AddDays(900));
    }

    private async Task<Certificate> DomainCertificate(string name)
    {
        var spki = Certificate(Assert.Single(await A.Store.ListDomainKeysAsync())).SubjectPublicKeyInfo;
        return await CertificateSigner.SignAsync(
            CertificateProfiles.Domain(DistinguishedName.Parse(name), spki, Now, Now.AddDays(9)),
            World.Anchor, World.AnchorKey, World.AnchorKey.Algorithms[0], SerialNumbers.Random(TestWorld.Provider.Random));
    }

    private async Task<Certificate> SelfSigned() => await CertificateSigner.SignAsync(
        CertificateProfiles.Cma(A.Name, A.Options.SigningKey.SubjectPublicKeyInfo, Now, Now.AddDays(9), DomainRule.Of(A.Options.Certificate)),
        null, A.Options.SigningKey, A.Options.SignatureAlgorithm, SerialNumbers.Random(TestWorld.Provider.Random));

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
        using var one = TestWorld.Provider.KeyWrap.Unwrap(A.Options.StorageKey, mine.WrappedKey.Span);
        using var other = TestWorld.Provider.KeyWrap.Unwrap(B.Options.StorageKey, theirs.WrappedKey.Span);
        Assert.True(one!.FixedTimeEquals(other!.Span));
    }
}
