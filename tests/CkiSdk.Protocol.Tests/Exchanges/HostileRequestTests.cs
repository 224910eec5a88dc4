using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows what parties that may ask cannot do all the same: use up the store, make two sides disagree, answer what nobody asked.</summary>
public sealed class HostileRequestTests : TwoDomains
{
    [Fact]
    public async Task ADomainNamedTwice_GetsOneKey_ThatBothSidesKnow()
    {
        var top = World.AddTlcma();
        var c = await World.Add("C", withKey: false);
        await top.Register(A, c);
        var byUser = new RequestedDomain(DistinguishedName.Parse("CN=C1,O=Domain C,C=GB"), IsUser: true);
        await top.Serve(A, await A.Cma.Requests.RequestDomainsAsync(withLocalKey: false, null, [new RequestedDomain(c.Name), byUser, new RequestedDomain(c.Name, Validity: (Now.AddYears(9), Now.AddYears(10)))]));
        await World.Deliver();
        var mine = (await A.Store.ListInteroperabilityKeysAsync()).Where(key => key.ExternalCma == c.Name.Canonical).Select(key => key.MyReference).ToArray();
        var theirs = (await c.Store.ListInteroperabilityKeysAsync()).Select(key => key.YourReference!).ToArray();
        Assert.Equal(2, mine.Length); // one now, and one for the time after it
        Assert.Equal(mine, theirs);
        Assert.Equal(2, (await top.Store.ListPairKeysAsync(c.Name.Canonical)).Count);
    }

    [Fact]
    public async Task ARequestForFarTooManyDomains_IsRefused()
    {
        var top = World.AddTlcma();
        await top.Register(A, B);
        var domains = Enumerable.Range(0, 1001).Select(day => new RequestedDomain(B.Name, Validity: (Now.AddDays(day), Now.AddDays(day).AddSeconds(9)))).ToArray();
        var outcome = await top.Serve(A, await A.Cma.Requests.RequestDomainsAsync(withLocalKey: false, null, domains));
        Assert.Equal((PKIStatus.Rejection, PKIFailureInfo.InvalidRequestParameters), (outcome.Status, outcome.Failure));
        Assert.Empty(await top.Store.ListPairKeysAsync(B.Name.Canonical));
    }

    [Fact]
    public async Task AnAnswerOfAnotherKind_AnswersNothing()
    {
        var both = await World.Add("X");
        await A.Cma.Peers.PutAsync(both.Name, PartyKinds.Cma | PartyKinds.Tlcma);
        var request = PKIMessage.Decode((await A.Cma.Requests.RequestDomainsAsync(withLocalKey: true, null, [])).Octets);
        var body = new PKIBody.CkiPrp(new CKIPeerCmaRepContent { Status = new PKIStatusInfo { Status = PKIStatus.Rejection } });
        var answer = new MessageWriter(both.Name, TestWorld.Provider.Random).Answer(request.Header, body, Now).Encode();
        Assert.Contains("no request under it waits", Assert.IsType<HandlingResult.Refused>(await A.Handle(answer, both.Party)).Text, StringComparison.Ordinal);
        Assert.Single(await A.Store.ListPendingRequestsAsync());
    }

    [Fact]
    public async Task ALongName_LeavesAShortEntry_InTheAuditLog()
    {
        var a1 = await A.Enrol("CN=A1,O=Domain A,C=GB");
        var request = a1.Agent.RequestReceiveCertificates([Long("O=Nowhere,C=GB")], Now);
        Assert.IsType<PKIBody.CkiRCrp>((await A.Ask(request.Octets, a1.User)).Body);
        var entry = (await A.Store.ReadAuditAsync()).Links[^1].Entry;
        Assert.Equal("message.ckiRCrr", entry.Event);
        Assert.InRange(entry.Detail.Length, 100, 2000);
    }

    [Fact]
    public async Task ALongName_IsNotFixedForTheUser_WhomItNames()
    {
        var (a1, b1) = (await A.Enrol("CN=A1,O=Domain A,C=GB"), await B.Enrol("CN=B 1,O=Domain B,C=GB"));
        var wide = DistinguishedName.Parse($"CN=B{new string(' ', 50_000)}1,O=Domain B,C=GB");
        Assert.Equal(b1.Name, wide);
        var answer = await A.Ask(a1.Agent.RequestReceiveCertificates([wide], Now).Octets, a1.User);
        var status = Assert.IsType<PKIBody.CkiRCrp>(answer.Body).Value.Status;
        Assert.Equal((PKIStatus.Rejection, PKIFailureInfo.InvalidRequestParameters), (status.Status, status.FailInfo));
        Assert.Equal(b1.Name.Encoded.ToArray(), (await a1.Receive(b1, Now)).Subject.Encoded.ToArray());
    }

    [Fact]
    public async Task ListsThatNoAnnouncementCarries_AreKept_AndHoldUpNobody()
    {
        var a1 = await A.Enrol("CN=A1,O=Domain A,C=GB");
        await Take(1, entries: 28_500, _ => null); // a frame of 1 MiB carries it here, but perhaps not with other names around it
        Assert.Empty(await a1.Fetch());
        await Take(2, entries: 15_000, _ => null);
        await Take(3, entries: 15_000, _ => new IssuingDistPointSyntax { OnlyContainsAttributeCerts = true });
        Assert.Equal(2, (await a1.Fetch()).Count);
        var a2 = await A.Cma.NextAnnouncementAsync((await A.Enrol("CN=A2,O=Domain A,C=GB")).User.Peer, SecurityServices.All, null);
        Assert.Null(a2); // he has taken all of them, in two parts
    }

    [Fact]
    public async Task AKeyThatIsNoPointOfItsCurve_ReceivesNothing_AndThrowsNothing()
    {
        var good = B.Party.Certificate.Value.ToBeSigned.SubjectPublicKeyInfo;
        var point = good.SubjectPublicKey.Octets.ToArray();
        point[^1] ^= 1;
        var certificate = await CertificateSigner.SignAsync(
            CertificateProfiles.Authentication(B.Name, (good with { SubjectPublicKey = new BitString(point) }).Encode(), Now.AddDays(-1), Now.AddDays(9), CertificatePurposes.KeyReceipt),
            World.Anchor, World.AnchorKey, World.AnchorKey.Algorithms[0], SerialNumbers.Random(TestWorld.Provider.Random));
        await Assert.ThrowsAsync<ArgumentException>("encryption", async () => await A.Cma.Peers.PutAsync(B.Name, PartyKinds.Cma, encryption: certificate));

        // The same in extraCerts, from a CMA of which nothing is configured.
        var top = World.AddTlcma(options => options with { AuthenticationAnchors = [World.Anchor] });
        await top.Tlcma.Peers.PutAsync(B.Name, PartyKinds.Cma, DomainRule.Of(B.Options.Certificate));
        await top.Tlcma.Administration.AddCmaCertificateAsync(B.Options.Certificate);
        var body = new PKIBody.CkiTrr(new CKITlcmaReqContent { ReqLocalIK = true });
        var message = new MessageWriter(B.Name, TestWorld.Provider.Random).Begin(top.Name, body, Now) with { ExtraCerts = (SequenceOf<Asn1.Modules.AuthenticationFramework.Certificate>)[certificate.Value] };
        var result = await top.Tlcma.HandleAsync(new DeliveredMessage(message.Encode(), SecurityServices.All, B.Party.Peer));
        var answer = PKIMessage.Decode(Assert.IsType<HandlingResult.Answer>(result).Message);
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Assert.IsType<PKIBody.CkiTrp>(answer.Body).Value.Status.FailInfo);
    }

    private async Task Take(int number, int entries, Func<int, IssuingDistPointSyntax?> scope)
    {
        World.Time.Advance(TimeSpan.FromSeconds(1));
        var template = new RevocationListTemplate
        {
            IssuedAt = Now,
            NextIssueAt = Now.AddDays(30),
            Number = number,
            DistributionPoint = scope(number),
            Entries = [.. Enumerable.Range(0, entries).Select(index => new Pki.Crls.RevokedCertificate { SerialNumber = Integer.FromUnsigned([1, .. new byte[13], (byte)(index >> 8), (byte)index]), RevocationDate = Now })],
        };
        var list = await RevocationListSigner.SignAsync(template, B.Options.Certificate, B.Options.SigningKey, B.Options.SignatureAlgorithm);
        var body = new PKIBody.Crlann(new CRLAnnContent((SequenceOf<CertificateList>)[CertificateList.Decode(list.Encoded)]));
        Assert.IsType<HandlingResult.Accepted>(await A.Handle(new MessageWriter(B.Name, TestWorld.Provider.Random).Begin(A.Name, body, World.Now).Encode(), B.Party));
    }

    private static DistinguishedName Long(string above) => DistinguishedName.Parse($"CN={new string('x', 100_000)},{above}");
}
