using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows that those who may ask cannot fill the store: recipients whom nobody has heard of, and requests for recovered keys, are limited.</summary>
public sealed class QuotaTests : TwoDomains
{
    [Fact]
    public async Task NamesThatNobodyHasHeardOf_AreLimited_ForEachUser_WithinADay()
    {
        var (a2, b2) = (await A.Enrol("CN=A2,O=Domain A,C=GB"), await B.Enrol("CN=B2,O=Domain B,C=GB"));
        await a2.Receive(b2, Now); // whom A1 need not count
        Assert.IsType<ReceiveCertificatesResult.Granted>(await A1.AskReceive(Now, null, Invented(1), Invented(2), b2.Name));
        var refused = Assert.IsType<ReceiveCertificatesResult.Rejected>(await A1.AskReceive(Now, null, Invented(3), Invented(4)));
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, refused.Failure);
        Assert.Contains("2 such were named", refused.Text, StringComparison.Ordinal);
        Assert.Empty(await A.Store.FindNamesAsync([Invented(3).Canonical]));
        A.Restart(); // which forgets nothing
        Assert.IsType<ReceiveCertificatesResult.Rejected>(await A1.AskReceive(Now, null, Invented(3), Invented(4)));
        Assert.IsType<ReceiveCertificatesResult.Granted>(await A1.AskReceive(Now, null, Invented(1), Invented(3)));
        Assert.IsType<ReceiveCertificatesResult.Granted>(await a2.AskReceive(Now, null, Invented(4)));
        World.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        Assert.IsType<ReceiveCertificatesResult.Granted>(await A1.AskReceive(World.Now, null, Invented(5), Invented(6), Invented(7)));
    }

    [Fact]
    public async Task Names_AreNotCounted_WhereTheyAreNotLimited()
    {
        var store = FailingStore.Around(A.Store, nameof(IUserStore.CountNamesAsync));
        var request = A1.Agent.RequestReceiveCertificates([.. Enumerable.Range(1, 9).Select(Invented)], Now);
        await Assert.ThrowsAsync<IOException>(() => Handle(CmaOptions.Unlimited - 1));
        Assert.IsType<HandlingResult.Answer>(await Handle(CmaOptions.Unlimited));
        Assert.Equal(9, (await A.Store.FindNamesAsync([.. Enumerable.Range(1, 9).Select(number => Invented(number).Canonical)])).Count);

        async Task<HandlingResult> Handle(int most)
        {
            using var cma = new Cma(A.Options with { NewNamesPerDay = most }, store, TestWorld.Provider, World.Time);
            return await cma.HandleAsync(new DeliveredMessage(request.Octets, SecurityServices.All, new Peer(A1.Name, A1.User.Certificate)));
        }
    }

    [Fact]
    public async Task OpenRecoveryCases_AreLimited_UntilSomeAreRefusedOrAnswered()
    {
        var send = Assert.IsType<SendCertificateResult.Granted>(await A1.AskSend(Now));
        send.PrivateKey.Dispose();
        var officer = await TestUser.Create(DistinguishedName.Parse("CN=Officer,C=GB"), end: Now.AddYears(5));
        await A.Cma.Peers.PutAsync(officer.Name, PartyKinds.RecoveryRequester, encryption: officer.Certificate);
        var approvers = await A.AddApprovers("first", "second");
        using var agent = new UserAgent(new UserAgentOptions { User = officer.Name, CmaCertificate = A.Options.Certificate, Encryption = officer.Encryption }, TestWorld.Provider, World.Time);
        var requests = Enumerable.Range(0, 5).Select(_ => agent.RequestKeyRecovery([send.Certificate])).ToArray();
        foreach (var request in requests[..2]) Assert.IsType<HandlingResult.Waiting>(await A.Handle(request.Octets, officer));
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, (await Refused(requests[2])).FailInfo);
        Assert.Equal(2, (await A.Cma.Recovery.ListAsync()).Count);
        Assert.IsType<HandlingResult.Waiting>(await A.Handle(requests[0].Octets, officer)); // the same case once more
        await A.Cma.Recovery.RefuseAsync((await A.Cma.Recovery.ListAsync())[0].Id, approvers[0]);
        Assert.IsType<HandlingResult.Waiting>(await A.Handle(requests[3].Octets, officer));
        foreach (var approver in approvers) await A.Cma.Recovery.ApproveAsync((await A.Cma.Recovery.ListAsync())[1].Id, approver);
        Assert.IsType<HandlingResult.Answer>(await A.Handle(requests[1].Octets, officer));
        Assert.IsType<HandlingResult.Waiting>(await A.Handle(requests[4].Octets, officer));

        async Task<PKIStatusInfo> Refused(KeyRecoveryRequest request) => Assert.IsType<PKIBody.Krp>((await A.Ask(request.Octets, officer)).Body).Value.Status;
    }

    [Fact]
    public void Limits_AreValidated_AtTheStart()
    {
        foreach (var (wrong, name) in new (CmaOptions, string)[]
        {
            (A.Options with { NewNamesPerDay = 0 }, "NewNamesPerDay"),
            (A.Options with { RevokedSendRetention = TimeSpan.FromDays(-1) }, "RevokedSendRetention"),
            (A.Options with { Recovery = new RecoveryOptions { MostOpenCases = 0 } }, "MostOpenCases"),
            (A.Options with { Recovery = new RecoveryOptions { MostKeys = -1 } }, "MostKeys"),
            (A.Options with { Recovery = new RecoveryOptions { ApproverDelay = TimeSpan.FromSeconds(-1) } }, "ApproverDelay"),
        })
        {
            Assert.Contains(name, Assert.Throws<ArgumentException>(() => new Cma(wrong, A.Store, TestWorld.Provider, World.Time)).Message, StringComparison.Ordinal);
        }
    }

    private protected override CmaOptions Configure(CmaOptions options) => options with { NewNamesPerDay = 3, Recovery = new RecoveryOptions { MostOpenCases = 2 } };

    private static DistinguishedName Invented(int number) => DistinguishedName.Parse($"CN=Nobody {number},O=Domain B,C=GB");
}
