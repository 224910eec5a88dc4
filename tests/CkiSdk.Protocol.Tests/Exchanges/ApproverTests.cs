using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows that whoever configures the parties of a CMA cannot approve the recovery of a key in the names of others whom he has made up.</summary>
public sealed class ApproverTests : TwoDomains
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private Func<Task<HandlingResult>> _again = null!;

    [Fact]
    public async Task WhoBecomesAnApprover_AfterTheRequest_CannotApproveIt()
    {
        await A.AddApprovers("first");
        var id = await Open();
        World.Time.Advance(TimeSpan.FromSeconds(1));
        await A.AddApprovers("second");
        await Approve(id, "first");
        Assert.Contains("approves what is asked for from", await Refusal(id, "second"), StringComparison.Ordinal);
        Assert.Single(Assert.Single(await A.Cma.Recovery.ListAsync()).Approvers);
        await Refusal(await Open(), "second");
        World.Time.Advance(Day);
        await Approve(await Open(), "second"); // what is asked for then he may
    }

    [Fact]
    public async Task ApproversOfTheFirstDay_CountAtOnce_WhileNobodyHasAsked()
    {
        await A.AddApprovers("first", "second");
        World.Time.Advance(Day - TimeSpan.FromSeconds(1));
        await A.AddApprovers("third");
        await Approve(await Open(), "third");
    }

    [Fact]
    public async Task FurtherApprovers_Count_ADayAfterTheyAreAdded()
    {
        await A.AddApprovers("first", "second");
        World.Time.Advance(Day);
        await A.AddApprovers("third", "fourth");
        var early = await Open();
        World.Time.Advance(Day - TimeSpan.FromSeconds(1));
        var late = await Open();
        World.Time.Advance(TimeSpan.FromSeconds(2));
        foreach (var invented in new[] { "third", "fourth" })
        {
            await Refusal(early, invented);
            await Refusal(late, invented);
        }

        var after = await Open();
        await Approve(after, "third");
        await Approve(early, "first");
        await A.AddApprovers("third"); // with the same key: nothing changes
        await Approve(await Open(), "third");
    }

    [Fact]
    public async Task AnApprover_WhoGetsOtherKeys_OrHasBeenNoneMeanwhile_IsNew()
    {
        var (first, second) = (await Party("first"), await Party("second"));
        await Put(first, PartyKinds.RecoveryApprover);
        await Put(second, PartyKinds.RecoveryApprover);
        World.Time.Advance(Day);
        await Put(await Party("first"), PartyKinds.RecoveryApprover);
        await Put(second, PartyKinds.None);
        Assert.Contains("is no approver", await Refusal(await Open(), "second"), StringComparison.Ordinal);
        await Put(second, PartyKinds.RecoveryApprover);
        var id = await Open();
        await Refusal(id, "first");
        await Refusal(id, "second");
        World.Time.Advance(Day);
        id = await Open();
        await Approve(id, "first");
        await Approve(id, "second");
        Assert.Contains((await A.Store.ReadAuditAsync()).Links, link => link.Entry.Event == "peer.configured" && link.Entry.Detail.Contains("approves what is asked for from", StringComparison.Ordinal));
    }

    // Whoever configures parties would else bring the first day back: all approvers anew, and then some of his own.
    [Fact]
    public async Task ApproversMadeAnew_DoNotBringTheFirstDayBack()
    {
        await Put(await Party("first"), PartyKinds.RecoveryApprover);
        await Put(await Party("second"), PartyKinds.RecoveryApprover);
        World.Time.Advance(TimeSpan.FromDays(300));
        foreach (var delay in new[] { TimeSpan.Zero, Day + TimeSpan.FromHours(1) })
        {
            World.Time.Advance(delay);
            foreach (var name in new[] { "first", "second" })
            {
                await Put(await Party(name), PartyKinds.None);
                await Put(await Party(name), PartyKinds.RecoveryApprover);
            }

            await Put(await Party($"invented {delay.Days}"), PartyKinds.RecoveryApprover);
        }

        World.Time.Advance(TimeSpan.FromSeconds(1));
        var id = await Open();
        foreach (var name in new[] { "first", "second", "invented 1" }) await Refusal(id, name);
    }

    [Fact]
    public async Task ApprovalsOfThoseWhoAreRevokedSince_DoNotCount()
    {
        var thief = await A.Enrol("CN=Approver,O=Domain A,C=GB");
        await A.Cma.Peers.PutAsync(thief.Name, PartyKinds.RecoveryApprover, encryption: thief.User.Certificate);
        await A.AddApprovers("second", "third");
        var id = await Open();
        await A.Cma.Recovery.ApproveAsync(id, thief.Name);
        await A.Cma.Administration.RevokeAsync(thief.Name, RevokeUserReason.KeyCompromise);
        await Approve(id, "second");
        Assert.Equal([TestCma.ApproverOf("second").Canonical], (await A.Cma.Recovery.ListAsync()).Single(found => found.Id == id).Approvers);
        Assert.IsType<HandlingResult.Waiting>(await _again());
        await Approve(id, "third");
        Assert.IsType<HandlingResult.Answer>(await _again());
    }

    [Fact]
    public async Task TwoApprovers_HaveTwoKeys()
    {
        var first = await Party("first");
        await Put(first, PartyKinds.RecoveryApprover);
        var other = TestCma.ApproverOf("other");
        var again = await Pki.Certificates.CertificateSigner.SignAsync(
            Pki.Certificates.CertificateProfiles.Authentication(other, first.Certificate.SubjectPublicKeyInfo, Now.AddDays(-1), Now.AddDays(9), Pki.Certificates.CertificatePurposes.KeyReceipt),
            World.Anchor, World.AnchorKey, World.AnchorKey.Algorithms[0], Pki.Certificates.SerialNumbers.Random(TestWorld.Provider.Random));
        await Assert.ThrowsAsync<ArgumentException>("encryption", async () => await A.Cma.Peers.PutAsync(other, PartyKinds.RecoveryApprover, encryption: again));
    }

    private protected override CmaOptions Configure(CmaOptions options) => options with { Recovery = new RecoveryOptions { ApproverDelay = Day } };

    private static Task<TestUser> Party(string name) => TestUser.Create(TestCma.ApproverOf(name), end: Now.AddYears(5));

    private async Task Put(TestUser party, PartyKinds kinds) => await A.Cma.Peers.PutAsync(party.Name, kinds, encryption: party.Certificate);

    private async Task Approve(string id, string approver) => await A.Cma.Recovery.ApproveAsync(id, TestCma.ApproverOf(approver));

    private async Task<string> Refusal(string id, string approver) => (await Assert.ThrowsAsync<InvalidOperationException>(() => Approve(id, approver))).Message;

    private async Task<string> Open()
    {
        var send = Assert.IsType<SendCertificateResult.Granted>(await A1.AskSend(World.Now));
        send.PrivateKey.Dispose();
        var user = await TestUser.Create(DistinguishedName.Parse("CN=Officer,C=GB"), end: Now.AddYears(5));
        await Put(user, PartyKinds.RecoveryRequester);
        using var officer = new UserAgent(new UserAgentOptions { User = user.Name, CmaCertificate = A.Options.Certificate, Encryption = user.Encryption }, TestWorld.Provider, World.Time);
        var request = officer.RequestKeyRecovery([send.Certificate]).Octets;
        _again = () => A.Handle(request, user);
        Assert.IsType<HandlingResult.Waiting>(await _again());
        return (await A.Cma.Recovery.ListAsync())[^1].Id;
    }
}
