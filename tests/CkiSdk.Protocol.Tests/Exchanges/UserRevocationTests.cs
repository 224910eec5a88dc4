using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Checks revoked user lists and CRLs through all domains (CKI Part 2 §III.F and §III.G, C.22–C.25), with the real engines everywhere.</summary>
public sealed class UserRevocationTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private TestWorld _world = null!;
    private TestCma _a = null!;
    private TestCma _b = null!;
    private TestAgent _a1 = null!;
    private TestAgent _b1 = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _a = await _world.Add("A");
        _b = await _world.Add("B");
        _a1 = await _a.Enrol("CN=A1,O=Domain A,C=GB");
        _b1 = await _b.Enrol("CN=B1,O=Domain B,C=GB");
        await TestWorld.Share(_a, _b, Now.AddDays(-1), Now.AddDays(400));
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ACompromisedUser_IsRevokedEverywhere()
    {
        var receive = await _a1.Receive(_b1, Now);
        var send = await Send(_b1);
        await Revoke(_b1, RevokeUserReason.KeyCompromise); // C.22, C.23

        // C.24: the CMA of A puts the receive certificates of B1 into its CRL, and all users get it; the CMA of B his send certificates (¶111).
        var ofA = Crl(await _a1.Fetch());
        Assert.Equal(CRLReason.KeyCompromise, ofA.Find(receive.SerialNumber)!.Reason);
        Assert.True(ofA.IsSignedBy(_a.Options.Certificate, TestWorld.Provider));
        Assert.Equal(ofA.Encoded.ToArray(), _a1.Agent.FindCrl(_a.Options.Certificate)!.Encoded.ToArray());
        var ofB = RevocationList.Decode(Assert.Single(await _b.Store.ListCrlsAsync(), crl => crl.Issuer.StartsWith(_b.Name.Canonical, StringComparison.Ordinal)).Encoded);
        Assert.NotNull(ofB.Find(send.SerialNumber));
        Assert.Null(ofB.Find(receive.SerialNumber));

        // C.25: no certificates until a list without him.
        var rejected = Assert.IsType<ReceiveCertificatesResult.Rejected>(await _a1.AskReceive(Now, null, _b1.Name));
        Assert.Equal(PKIFailureInfo.UserInRevokedUserList, rejected.Failure);
        Assert.IsType<SendCertificateResult.Rejected>(await _b1.AskSend(Now));
    }

    [Fact]
    public async Task AListWithoutHim_BringsHimBack_UnderNewIdentifiers()
    {
        var (before, send) = (await _a1.Receive(_b1, Now), await Send(_b1));
        await Revoke(_b1, RevokeUserReason.KeyCompromise);
        Assert.True(await _b.Cma.Administration.RestoreAsync(_b1.Name));
        await _world.Deliver();
        var after = await _a1.Receive(_b1, Now);
        Assert.NotEqual(before.SubjectKeyIdentifier, after.SubjectKeyIdentifier);
        Assert.Equal((0L, 1L), (Generation(before), Generation(after)));
        Assert.Contains(await _b1.Fetch(), announcement => announcement is AgentAnnouncement.SeedKey); // his new local seed
        var again = await Send(_b1);
        Assert.Equal((0L, 1L), (Generation(send), Generation(again)));
        Assert.IsType<ExternalSeedKeyResult.Granted>(await _b1.AskSeed(after));

        // Entries stay until the certificate's end.
        await Revoke(_b1, RevokeUserReason.AffiliationChanged);
        var crl = Crl(await _a1.Fetch());
        Assert.Equal(CRLReason.KeyCompromise, crl.Find(before.SerialNumber)!.Reason);
        Assert.Equal(CRLReason.AffiliationChanged, crl.Find(after.SerialNumber)!.Reason);
        Assert.Equal(2, Generation(await Restored()));
    }

    [Theory]
    [InlineData(RevokeUserReason.Unspecified, null)]
    [InlineData(RevokeUserReason.UserBlackListed, CRLReason.PrivilegeWithdrawn)]
    public async Task Reasons_AreWritten_AsTheProfileSays(RevokeUserReason reason, CRLReason? expected)
    {
        var receive = await _a1.Receive(_b1, Now);
        await Revoke(_b1, reason);
        Assert.Equal(expected, Crl(await _a1.Fetch()).Find(receive.SerialNumber)!.Reason);
    }

    [Fact]
    public async Task Lists_ThatAreNotNewer_AreDiscarded()
    {
        var list = await Announcement(Now.AddMinutes(1), _b1.Name);
        Assert.IsType<HandlingResult.Accepted>(await _a.Handle(list, _b.Party));
        Assert.IsType<HandlingResult.Accepted>(await _a.Handle(await Announcement(Now.AddMinutes(1)), _b.Party)); // the same time
        Assert.NotNull(await _a.Store.FindRevokedUserAsync(_b1.Name.Canonical));
        Assert.IsType<HandlingResult.Accepted>(await _a.Handle(await Announcement(Now.AddMinutes(2)), _b.Party));
        Assert.IsType<HandlingResult.Accepted>(await _a.Handle(list, _b.Party)); // replayed
        Assert.Null(await _a.Store.FindRevokedUserAsync(_b1.Name.Canonical));
    }

    [Fact]
    public async Task ForeignUsers_Domains_AndStrangers_AreRefused()
    {
        Assert.Contains("list: ", Text(await _a.Handle(await Announcement(Now, _a1.Name), _b.Party)), StringComparison.Ordinal);
        Assert.Contains("domain: ", Text(await _a.Handle(await AnnouncementOf(_a.Name, Now), _b.Party)), StringComparison.Ordinal);
        Assert.Contains("header.sender: ", Text(await _a.Handle(await Announcement(Now), _b1.User)), StringComparison.Ordinal);
        Assert.Contains("¶116", Text(await _a.Handle(await Announcement(Now), _b.Party, SecurityServices.Integrity)), StringComparison.Ordinal);
        Assert.Contains("header.messageTime: ", Text(await _a.Handle(await Announcement(Now.AddMinutes(6)), _b.Party)), StringComparison.Ordinal);
        Assert.Null(await _a.Store.FindRevokedListAsync(_b.Name.Canonical, _b.Name.Canonical));
    }

    [Fact]
    public async Task TheTlcma_RevokesInAnyDomain_AndPassesListsOn()
    {
        var top = _world.AddTlcma();
        await top.Register(_a, _b);
        await _a.Cma.Requests.CompleteAsync(top.Deliver((await top.Answer(_a, await _a.Cma.Requests.RequestDomainsAsync(false, null, [new Protocol.Server.RequestedDomain(_b.Name)]))).Encode()));
        await _world.Deliver();
        var receive = await _a1.Receive(_b1, Now);
        await top.Tlcma.Administration.SetRevokedUsersAsync(_b.Name, [(_b1.Name, RevokeUserReason.UserBlackListed)]);
        await _world.Deliver();
        Assert.NotNull(Crl(await _a1.Fetch()).Find(receive.SerialNumber));
        Assert.IsType<SendCertificateResult.Rejected>(await _b1.AskSend(Now));

        // The CMA's own list does not undo that of the TLCMA.
        await _b.Cma.Administration.RevokeAsync(_b1.Name, RevokeUserReason.KeyCompromise);
        await _b.Cma.Administration.RestoreAsync(_b1.Name);
        await _world.Deliver();
        Assert.IsType<SendCertificateResult.Rejected>(await _b1.AskSend(Now));
        await top.Tlcma.Administration.SetRevokedUsersAsync(_b.Name, []);
        await _world.Deliver();
        await _b1.Fetch();
        (await _b1.AskSend(Now) as SendCertificateResult.Granted)!.PrivateKey.Dispose();
        Assert.Equal(2, Generation(await _a1.Receive(_b1, Now)));
    }

    [Fact]
    public async Task Crls_GoFromTheTlcma_ThroughTheCmas_ToAllUsers()
    {
        var top = _world.AddTlcma();
        await top.Register(_a);
        var crl = await RevocationListSigner.SignAsync(
            new RevocationListTemplate { IssuedAt = Now, NextIssueAt = Now.AddDays(30), Number = 7 }, _world.Anchor, _world.AnchorKey, _world.AnchorKey.Algorithms[0]);
        await top.Tlcma.Administration.DistributeCrlAsync(crl);
        await _world.Deliver();
        Assert.Single(await _a1.Fetch(), announcement => announcement is AgentAnnouncement.RevocationLists { Lists: [var list] } && list.Encoded.Span.SequenceEqual(crl.Encoded.Span));
        Assert.Contains(await _b.Store.ListCrlsAsync(), known => known.Encoded.Span.SequenceEqual(crl.Encoded.Span)); // from CMA to CMA
        await Assert.ThrowsAsync<ArgumentException>(async () => await top.Tlcma.Administration.DistributeCrlAsync(crl));
    }

    [Fact]
    public async Task Crls_OfOthers_OrWithLowerNumbers_AreNotTaken()
    {
        async Task<RevocationList> Sign(int number, TestCma by) => await RevocationListSigner.SignAsync(
            new RevocationListTemplate { IssuedAt = Now, NextIssueAt = Now.AddDays(30), Number = number }, by.Options.Certificate, by.Options.SigningKey, by.Options.SignatureAlgorithm);
        async Task<HandlingResult> Handle(RevocationList list) => await _a.Handle(Message(new PKIBody.Crlann(new CRLAnnContent(
            (SequenceOf<Asn1.Modules.AuthenticationFramework.CertificateList>)new[] { Asn1.Modules.AuthenticationFramework.CertificateList.Decode(list.Encoded) })), Now), _b.Party);

        Assert.IsType<HandlingResult.Accepted>(await Handle(await Sign(5, _b)));
        Assert.IsType<HandlingResult.Accepted>(await Handle(await Sign(4, _b)));
        Assert.Equal(5, Assert.Single(await _a.Store.ListCrlsAsync()).Number);
        var stranger = await _world.Add("C");
        Assert.IsType<HandlingResult.Accepted>(await Handle(await Sign(6, stranger))); // and left out, so that nothing waits behind it
        Assert.Equal(5, Assert.Single(await _a.Store.ListCrlsAsync()).Number);
        var damaged = (await Sign(6, _b)).Encoded.ToArray();
        damaged[^1] ^= 1;
        Assert.Contains("crlann: ", Text(await Handle(RevocationList.Decode(damaged))), StringComparison.Ordinal);
    }

    private static string Text(HandlingResult result) => Assert.IsType<HandlingResult.Refused>(result).Text;

    private static long Generation(Certificate certificate) => SeedKeyIdentifier.Decode(certificate.SubjectKeyIdentifier!.Value.Memory).Generation;

    private static RevocationList Crl(IReadOnlyList<AgentAnnouncement> announcements) =>
        announcements.OfType<AgentAnnouncement.RevocationLists>().SelectMany(announcement => announcement.Lists).Last(list => list.Issuer.ToString().StartsWith("CN=CMA A", StringComparison.Ordinal));

    private async Task Revoke(TestAgent user, RevokeUserReason reason)
    {
        _world.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(await user.Cma.Cma.Administration.RevokeAsync(user.Name, reason));
        await _world.Deliver();
    }

    private async Task<Certificate> Restored()
    {
        await _b.Cma.Administration.RestoreAsync(_b1.Name);
        await _world.Deliver();
        return await _a1.Receive(_b1, _world.Now);
    }

    private static async Task<Certificate> Send(TestAgent user)
    {
        var granted = Assert.IsType<SendCertificateResult.Granted>(await user.AskSend(Now));
        granted.PrivateKey.Dispose();
        return granted.Certificate;
    }

    private Task<byte[]> Announcement(DateTimeOffset time, params DistinguishedName[] users) => AnnouncementOf(_b.Name, time, users);

    private Task<byte[]> AnnouncementOf(DistinguishedName domain, DateTimeOffset time, params DistinguishedName[] users) => Task.FromResult(Message(
        new PKIBody.CkiRULann(new CKIRevokedUserListAnnContent
        {
            Domain = domain.Name,
            List = new RevokedUserList((SequenceOf<RevokedUserListItem>)users.Select(user => new RevokedUserListItem { User = user.Name, Reason = RevokeUserReason.KeyCompromise }).ToArray()),
        }),
        time));

    private byte[] Message(PKIBody body, DateTimeOffset time) => new MessageWriter(_b.Name, TestWorld.Provider.Random).Begin(_a.Name, body, time).Encode();
}
