using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.Binding;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Matrices;

/// <summary>Holds the situations from which statuses and failure bits arise: each runs real parties and returns the status that was sent.</summary>
internal static class FailureSituations
{
    private static readonly DateTimeOffset Now = TestDomain.Now;

    /// <summary>Gets a situation for each bit of PKIFailureInfo (CKI Part 2 ¶23).</summary>
    public static Dictionary<string, (string Situation, Func<Task<PKIStatusInfo>> Arise)> OfBits { get; } = new(StringComparer.Ordinal)
    {
        ["BadAlg"] = ("a seed key is asked for with a certificate of a group that the CMA does not accept", OfAnotherGroup),
        ["BadMessageCheck"] = ("a request has the field protection, which the CKI does not use", () => Single(domain => domain.Ask(domain.Request() with { Protection = new PKIProtection(new BitString(new byte[] { 1 })) }))),
        ["UnrecognisedDomain"] = ("a recipient is of a domain that nobody has heard of", () => Receive("CN=X,O=Nowhere,C=GB")),
        ["InteroperabilityKeyUnavailable"] = ("a certificate shall begin when the last key has ended", () => Single(domain => domain.Ask(domain.Request(start: TestDomain.KeyEnd.AddDays(1))))),
        ["UnauthorisedAccess"] = ("somebody asks who is not enrolled", () => Single(domain => domain.Ask(domain.Request(user: TestDomain.A2), TestUser.A2))),
        ["InvalidRequestParameters"] = ("a request names no recipient at all", () => Receive()),
        ["NoKeyAvailable"] = ("the key of a certificate shall be recovered that the CMA has not made", Recovered),
        ["InvalidCredentials"] = ("a connection is bound with a certificate that has expired", Bound),
        ["UserInMoreThanOneCMADomain"] = ("the domains of two CMAs have a recipient in common", () => Receive("CN=B7,OU=Both,O=Domain B,C=GB")),
        ["AlternativeBaseAndModulusRequired"] = ("two CMAs have domain certificates of different groups", Exchanged),
        ["UserInRevokedUserList"] = ("a recipient is revoked", () => Receive("CN=A2,O=Domain A,C=GB")),
    };

    /// <summary>Gets a situation for each value of PKIStatus (CKI Part 2 ¶22).</summary>
    public static Dictionary<string, (string Situation, Func<Task<PKIStatusInfo>> Arise)> OfStatuses { get; } = new(StringComparer.Ordinal)
    {
        ["Granted"] = ("a send certificate is made as asked for", () => Single(domain => domain.Ask(domain.Request(end: Now.AddDays(10))))),
        ["GrantedWithMods"] = ("a send certificate shall last longer than the key", () => Single(domain => domain.Ask(domain.Request(end: TestDomain.KeyEnd.AddDays(1))))),
        ["Rejection"] = ("a recipient is revoked", () => Receive("CN=A2,O=Domain A,C=GB")),
        ["Waiting"] = ("a recovered key waits for its approval", Awaited),
    };

    private static async Task<PKIStatusInfo> Single(Func<TestDomain, Task<TestAnswer>> ask)
    {
        using var domain = await TestDomain.Create();
        return (await ask(domain)).Content.Status;
    }

    private static async Task<PKIStatusInfo> Receive(params string[] recipients)
    {
        using var world = await TestWorld.Create();
        var (a, b, c) = (await world.Add("A"), await world.Add("B"), await world.Add("C", subtrees: ["O=Domain C,C=GB", "OU=Both,O=Domain B,C=GB"]));
        foreach (var other in new[] { b, c }) await TestWorld.Share(a, other, Now.AddDays(-1), Now.AddDays(100));
        var (a1, a2) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await a.Enrol("CN=A2,O=Domain A,C=GB"));
        await a.Cma.Administration.RevokeAsync(a2.Name, RevokeUserReason.UserBlackListed);
        var request = a1.Agent.RequestReceiveCertificates([.. recipients.Select(DistinguishedName.Parse)], Now, Now.AddDays(10));
        return Assert.IsType<PKIBody.CkiRCrp>((await a.Ask(request.Octets, a1.User)).Body).Value.Status;
    }

    private static async Task<PKIStatusInfo> OfAnotherGroup()
    {
        using var world = await TestWorld.Create();
        var a = await world.Add("A", options => options with { Group = DhGroups.Ffdhe3072 });
        var b = await world.Add("B", options => options with { Groups = new DhGroupSet([DhGroups.Ffdhe2048]) });
        await TestWorld.Share(a, b, Now.AddDays(-1), Now.AddDays(100));
        var (a1, b1) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await b.Enrol("CN=B1,O=Domain B,C=GB"));
        var request = b1.Agent.RequestExternalSeedKey(await a1.Receive(b1, Now));
        return Assert.IsType<PKIBody.CkiESrp>((await b.Ask(request.Octets, b1.User)).Body).Value.Status;
    }

    private static async Task<PKIStatusInfo> Exchanged()
    {
        using var world = await TestWorld.Create();
        var (a, b) = (await world.Add("A"), await world.Add("B", options => options with { Group = DhGroups.Ffdhe3072 }));
        foreach (var (one, other) in new[] { (a, b), (b, a) })
        {
            await one.Cma.Peers.PutAsync(other.Name, PartyKinds.Cma, DomainRule.Of(other.Options.Certificate));
            await one.Cma.Administration.CreateDomainKeyAsync(Now, Now.AddDays(300));
        }

        var request = await a.Cma.Requests.RequestPeerKeyAsync(b.Name);
        return Assert.IsType<PKIBody.CkiPrp>((await b.Ask(request.Octets, a.Party)).Body).Value.Status;
    }

    private static async Task<PKIStatusInfo> Bound()
    {
        using var parties = await BindParties.Create();
        var options = parties.Options with { Identity = await parties.Identify(parties.A1.Name, Now.AddYears(-1), Now.AddDays(-1)) };
        var outcome = await parties.Responder.AnswerAsync(await new BindInitiator(options, BindParties.Channel, parties.World.Time).BeginAsync(), BindParties.Channel);
        return Assert.IsType<PKIBody.CkiBindrp>(PKIMessage.Decode(Assert.IsType<BindOutcome.Rejected>(outcome).Answer).Body).Value.Status;
    }

    private static async Task<PKIStatusInfo> Awaited()
    {
        using var world = await TestWorld.Create();
        var (a, officer, certificate) = await WithOfficer(world);
        var waiting = Assert.IsType<HandlingResult.Waiting>(await a.Handle(officer.Agent.RequestKeyRecovery([certificate]).Octets, officer.User));
        return Assert.IsType<PKIBody.Krp>(PKIMessage.Decode(waiting.Message).Body).Value.Status;
    }

    private static async Task<PKIStatusInfo> Recovered()
    {
        using var world = await TestWorld.Create();
        var (a, officer, certificate) = await WithOfficer(world);
        var forged = await CertificateSigner.SignAsync(
            CertificateProfiles.Send(certificate.Subject, certificate.SubjectPublicKeyInfo, Now, Now.AddDays(3), certificate.SubjectKeyIdentifier!.Value),
            a.Options.Certificate, a.Options.SigningKey, a.Options.SignatureAlgorithm, SerialNumbers.Random(TestWorld.Provider.Random));
        var request = officer.Agent.RequestKeyRecovery([forged]);
        var approvers = await a.AddApprovers("first", "second");
        Assert.IsType<HandlingResult.Waiting>(await a.Handle(request.Octets, officer.User));
        foreach (var approver in approvers) await a.Cma.Recovery.ApproveAsync(Assert.Single(await a.Cma.Recovery.ListAsync()).Id, approver);
        return Assert.IsType<PKIBody.Krp>((await a.Ask(request.Octets, officer.User)).Body).Value.Status;
    }

    private static async Task<(TestCma Cma, TestAgent Officer, Certificate Certificate)> WithOfficer(TestWorld world)
    {
        var a = await world.Add("A", options => options with { Recovery = new RecoveryOptions() });
        var granted = Assert.IsType<SendCertificateResult.Granted>(await (await a.Enrol("CN=A1,O=Domain A,C=GB")).AskSend(Now));
        granted.PrivateKey.Dispose();
        var user = await TestUser.Create(DistinguishedName.Parse("CN=Officer,C=GB"), end: Now.AddYears(5));
        await a.Cma.Peers.PutAsync(user.Name, PartyKinds.RecoveryRequester, encryption: user.Certificate);
        var options = new UserAgentOptions { User = user.Name, CmaCertificate = a.Options.Certificate, Encryption = user.Encryption };
        return (a, new TestAgent(a, user, new UserAgent(options, TestWorld.Provider, world.Time)), granted.Certificate);
    }
}
