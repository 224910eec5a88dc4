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
public sealed class UserRevocationTests : TwoDomains
{
    [Fact]
    public async Task ACompromisedUser_IsRevokedEverywhere()
    {
        var receive = await A1.Receive(B1, Now);
        var send = await Send(B1);
        await Revoke(B1, RevokeUserReason.KeyCompromise); // C.22, C.23

        // C.24: the CMA of A puts the receive certificates of B1 into its CRL, and all users get it; the CMA of B his send certificates (¶111).
        var ofA = Crl(await A1.Fetch());
        Assert.Equal(CRLReason.KeyCompromise, ofA.Find(receive.SerialNumber)!.Reason);
        Assert.True(ofA.IsSignedBy(A.Options.Certificate, TestWorld.Provider));
        Assert.Equal(ofA.Encoded.ToArray(), A1.Agent.FindCrl(A.Options.Certificate)!.Encoded.ToArray());
        var ofB = RevocationList.Decode(Assert.Single(await B.Store.ListCrlsAsync(), crl => crl.Issuer.StartsWith(B.Name.Canonical, StringComparison.Ordinal)).Encoded);
        Assert.NotNull(ofB.Find(send.SerialNumber));
        Assert.Null(ofB.Find(receive.SerialNumber));

        // C.25: no certificates until a list without him.
        var rejected = Assert.IsType<ReceiveCertificatesResult.Rejected>(await A1.AskReceive(Now, null, B1.Name));
        Assert.Equal(PKIFailureInfo.UserInRevokedUserList, rejected.Failure);
        Assert.IsType<SendCertificateResult.Rejected>(await B1.AskSend(Now));
    }

    // The list would name somebody who is no longer in the domain: nobody took it, nor what comes behind it.
    [Fact]
    public async Task ADomain_ThatWasNarrowed_IsHeardOfFurther()
    {
        var c = await World.Add("C", subtrees: ["O=Domain C,C=GB", "O=Branch,C=GB"]);
        await TestWorld.Share(A, c, Now.AddDays(-1), Now.AddDays(400));
        var (c1, branch) = (await c.Enrol("CN=C1,O=Domain C,C=GB"), await c.Enrol("CN=C2,O=Branch,C=GB"));
        await c.Cma.Administration.RevokeAsync(branch.Name, RevokeUserReason.AffiliationChanged);
        await World.Deliver();
        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(Crypto.KeyAlgorithm.EcP256);
        var narrow = await World.Certify(c.Name, key, Now.AddMinutes(-1), Now.AddYears(2), "O=Domain C,C=GB");
        c.Restart(options => options with { Successors = [new Protocol.Options.CmaSigner(narrow, key, key.Algorithms[0])] });
        await c.Cma.MaintainAsync();
        await World.Deliver();
        Assert.Contains(await A.Store.ListAuthoritiesAsync(), authority => authority.Encoded.Span.SequenceEqual(narrow.Encoded.Span));
        await c.Cma.Administration.RevokeAsync(c1.Name, RevokeUserReason.KeyCompromise);
        await World.Deliver(); // which accepts all
        Assert.NotNull(await A.Store.FindRevokedUserAsync(c1.Name.Canonical));
    }

    // Whoever shares a key with this CMA since its first one ended does not know that, and needs none of its CRLs.
    [Fact]
    public async Task ACrl_OfAKeyThatHasEnded_HoldsUpNothing()
    {
        var first = await World.Certify(B.Name, B.Options.SigningKey, Now.AddDays(-1), Now.AddDays(50), "O=Domain B,C=GB");
        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(Crypto.KeyAlgorithm.EcP256);
        var next = await World.Certify(B.Name, key, Now.AddDays(40), Now.AddYears(3), "O=Domain B,C=GB");
        B.Restart(options => options with { Certificate = first, Successors = [new Protocol.Options.CmaSigner(next, key, key.Algorithms[0])] });
        _ = await Send(B1);
        await Revoke(B1, RevokeUserReason.KeyCompromise);
        World.Time.Advance(TimeSpan.FromDays(60));
        await B.Cma.MaintainAsync();
        var c = await World.Add("C");
        await TestWorld.Share(B, c, Now.AddDays(-1), Now.AddDays(400));
        await c.Store.CommitAsync(Storage.UnitOfWork.Of(
            [.. (await c.Store.ListAuthoritiesAsync()).Select(known => (Storage.StoreChange)new Storage.StoreChange.RemoveAuthority(known.Encoded)), new Storage.StoreChange.AddAuthority(new Storage.StoredAuthority(B.Name.Canonical, next.Encoded, World.Now))]));
        var b2 = await B.Enrol("CN=B2,O=Domain B,C=GB");
        await B.Cma.Administration.RevokeAsync(b2.Name, RevokeUserReason.KeyCompromise);
        await B.Cma.MaintainAsync();
        Assert.Equal(2, (await B.Store.ListCrlsAsync()).Count(crl => crl.Issuer.StartsWith(B.Name.Canonical, StringComparison.Ordinal)));
        await World.Deliver(); // which accepts all
        Assert.NotNull(await c.Store.FindRevokedUserAsync(b2.Name.Canonical));
    }

    [Fact]
    public async Task AListWithoutHim_BringsHimBack_UnderNewIdentifiers()
    {
        var (before, send) = (await A1.Receive(B1, Now), await Send(B1));
        await Revoke(B1, RevokeUserReason.KeyCompromise);
        Assert.True(await B.Cma.Administration.RestoreAsync(B1.Name));
        await World.Deliver();
        var after = await A1.Receive(B1, Now);
        Assert.NotEqual(before.SubjectKeyIdentifier, after.SubjectKeyIdentifier);
        Assert.Equal((0L, 1L), (Generation(before), Generation(after)));
        Assert.Contains(await B1.Fetch(), announcement => announcement is AgentAnnouncement.SeedKey); // his new local seed
        var again = await Send(B1);
        Assert.Equal((0L, 1L), (Generation(send), Generation(again)));
        Assert.IsType<ExternalSeedKeyResult.Granted>(await B1.AskSeed(after));

        // Entries stay until the certificate's end.
        await Revoke(B1, RevokeUserReason.AffiliationChanged);
        var crl = Crl(await A1.Fetch());
        Assert.Equal(CRLReason.KeyCompromise, crl.Find(before.SerialNumber)!.Reason);
        Assert.Equal(CRLReason.AffiliationChanged, crl.Find(after.SerialNumber)!.Reason);
        Assert.Equal(2, Generation(await Restored()));
    }

    [Theory]
    [InlineData(RevokeUserReason.Unspecified, null)]
    [InlineData(RevokeUserReason.UserBlackListed, CRLReason.PrivilegeWithdrawn)]
    public async Task Reasons_AreWritten_AsTheProfileSays(RevokeUserReason reason, CRLReason? expected)
    {
        var receive = await A1.Receive(B1, Now);
        await Revoke(B1, reason);
        Assert.Equal(expected, Crl(await A1.Fetch()).Find(receive.SerialNumber)!.Reason);
    }

    [Fact]
    public async Task Lists_ThatAreNotNewer_AreDiscarded()
    {
        var list = await Announcement(Now.AddMinutes(1), B1.Name);
        Assert.IsType<HandlingResult.Accepted>(await A.Handle(list, B.Party));
        Assert.IsType<HandlingResult.Accepted>(await A.Handle(await Announcement(Now.AddMinutes(1)), B.Party)); // the same time
        Assert.NotNull(await A.Store.FindRevokedUserAsync(B1.Name.Canonical));
        Assert.IsType<HandlingResult.Accepted>(await A.Handle(await Announcement(Now.AddMinutes(2)), B.Party));
        Assert.IsType<HandlingResult.Accepted>(await A.Handle(list, B.Party)); // replayed
        Assert.Null(await A.Store.FindRevokedUserAsync(B1.Name.Canonical));
    }

    // Messages are opened later, too, and whoever has stolen the key could go on to seal under the certificate.
    [Fact]
    public async Task ARevokedSendCertificate_StaysInTheCrl_YearsAfterItsEnd_AndAReceiveCertificateDoesNot()
    {
        B.Restart(options => options with { RevokedSendRetention = TimeSpan.FromDays(200) });
        var send = Assert.IsType<SendCertificateResult.Granted>(await B1.AskSend(Now, Now.AddDays(30)));
        send.PrivateKey.Dispose();
        var receive = await B1.Receive(B1, Now, Now.AddDays(30));
        await Revoke(B1, RevokeUserReason.KeyCompromise);
        Assert.Equal((true, true), await Listed());
        World.Time.Advance(TimeSpan.FromDays(60));
        Assert.Equal((true, false), await Listed());
        await B.Cma.Administration.RestoreAsync(B1.Name); // which does not make the stolen key good again
        World.Time.Advance(TimeSpan.FromDays(160));
        Assert.Equal((true, false), await Listed());
        World.Time.Advance(TimeSpan.FromDays(60));
        Assert.Equal((false, false), await Listed());

        async Task<(bool Send, bool Receive)> Listed()
        {
            await B.Cma.MaintainAsync();
            var list = RevocationList.Decode(Assert.Single(await B.Store.ListCrlsAsync(), crl => crl.Issuer.StartsWith(B.Name.Canonical, StringComparison.Ordinal)).Encoded);
            return (list.Find(send.Certificate.SerialNumber) is not null, list.Find(receive.SerialNumber) is not null);
        }
    }

    [Fact]
    public async Task ForeignUsers_Domains_AndStrangers_AreRefused()
    {
        Assert.Contains("list: ", Text(await A.Handle(await Announcement(Now, A1.Name), B.Party)), StringComparison.Ordinal);
        Assert.Contains("domain: ", Text(await A.Handle(await AnnouncementOf(A.Name, Now), B.Party)), StringComparison.Ordinal);
        Assert.Contains("header.sender: ", Text(await A.Handle(await Announcement(Now), B1.User)), StringComparison.Ordinal);
        Assert.Contains("¶116", Text(await A.Handle(await Announcement(Now), B.Party, SecurityServices.Integrity)), StringComparison.Ordinal);
        Assert.Contains("header.messageTime: ", Text(await A.Handle(await Announcement(Now.AddMinutes(6)), B.Party)), StringComparison.Ordinal);
        Assert.Null(await A.Store.FindRevokedListAsync(B.Name.Canonical, B.Name.Canonical));
    }

    [Fact]
    public async Task TheTlcma_RevokesInAnyDomain_AndPassesListsOn()
    {
        var top = World.AddTlcma();
        await top.Register(A, B);
        await A.Cma.Requests.CompleteAsync(top.Deliver((await top.Answer(A, await A.Cma.Requests.RequestDomainsAsync(false, null, [new Protocol.Server.RequestedDomain(B.Name)]))).Encode()));
        await World.Deliver();
        var receive = await A1.Receive(B1, Now);
        await top.Tlcma.Administration.SetRevokedUsersAsync(B.Name, [(B1.Name, RevokeUserReason.UserBlackListed)]);
        await World.Deliver();
        Assert.NotNull(Crl(await A1.Fetch()).Find(receive.SerialNumber));
        Assert.IsType<SendCertificateResult.Rejected>(await B1.AskSend(Now));

        // The CMA's own list does not undo that of the TLCMA.
        await B.Cma.Administration.RevokeAsync(B1.Name, RevokeUserReason.KeyCompromise);
        await B.Cma.Administration.RestoreAsync(B1.Name);
        await World.Deliver();
        Assert.IsType<SendCertificateResult.Rejected>(await B1.AskSend(Now));
        await top.Tlcma.Administration.SetRevokedUsersAsync(B.Name, []);
        await World.Deliver();
        await B1.Fetch();
        (await B1.AskSend(Now) as SendCertificateResult.Granted)!.PrivateKey.Dispose();
        Assert.Equal(2, Generation(await A1.Receive(B1, Now)));
    }

    [Fact]
    public async Task Crls_GoFromTheTlcma_ThroughTheCmas_ToAllUsers()
    {
        var top = World.AddTlcma();
        await top.Register(A);
        var crl = await RevocationListSigner.SignAsync(
            new RevocationListTemplate { IssuedAt = Now, NextIssueAt = Now.AddDays(30), Number = 7 }, World.Anchor, World.AnchorKey, World.AnchorKey.Algorithms[0]);
        var another = await A.Enrol("CN=A5,O=Domain A,C=GB");
        await top.Tlcma.Administration.DistributeCrlAsync(crl);
        await World.Deliver();
        foreach (var user in new[] { A1, another })
            Assert.Single(await user.Fetch(), announcement => announcement is AgentAnnouncement.RevocationLists { Lists: [var list] } && list.Encoded.Span.SequenceEqual(crl.Encoded.Span));
        Assert.Contains(await B.Store.ListCrlsAsync(), known => known.Encoded.Span.SequenceEqual(crl.Encoded.Span)); // from CMA to CMA
        await Assert.ThrowsAsync<ArgumentException>(async () => await top.Tlcma.Administration.DistributeCrlAsync(crl));
    }

    [Fact]
    public async Task ACrl_IsTaken_WhateverServicesItsWayHad()
    {
        var list = await RevocationListSigner.SignAsync(
            new RevocationListTemplate { IssuedAt = Now, NextIssueAt = Now.AddDays(30), Number = 5 }, B.Options.Certificate, B.Options.SigningKey, B.Options.SignatureAlgorithm);
        var message = Message(new PKIBody.Crlann(new CRLAnnContent((SequenceOf<Asn1.Modules.AuthenticationFramework.CertificateList>)new[] { Asn1.Modules.AuthenticationFramework.CertificateList.Decode(list.Encoded) })), Now);
        Assert.IsType<HandlingResult.Accepted>(await A.Handle(message, B.Party, SecurityServices.OriginAuthentication));
        Assert.Equal(5, Assert.Single(await A.Store.ListCrlsAsync()).Number);
    }

    [Fact]
    public async Task Crls_OfOthers_OrWithLowerNumbers_AreNotTaken()
    {
        async Task<RevocationList> Sign(int number, TestCma by) => await RevocationListSigner.SignAsync(
            new RevocationListTemplate { IssuedAt = Now, NextIssueAt = Now.AddDays(30), Number = number }, by.Options.Certificate, by.Options.SigningKey, by.Options.SignatureAlgorithm);
        async Task<HandlingResult> Handle(RevocationList list) => await A.Handle(Message(new PKIBody.Crlann(new CRLAnnContent(
            (SequenceOf<Asn1.Modules.AuthenticationFramework.CertificateList>)new[] { Asn1.Modules.AuthenticationFramework.CertificateList.Decode(list.Encoded) })), Now), B.Party);

        Assert.IsType<HandlingResult.Accepted>(await Handle(await Sign(5, B)));
        Assert.IsType<HandlingResult.Accepted>(await Handle(await Sign(4, B)));
        Assert.Equal(5, Assert.Single(await A.Store.ListCrlsAsync()).Number);
        var stranger = await World.Add("C");
        Assert.IsType<HandlingResult.Accepted>(await Handle(await Sign(6, stranger))); // and left out, so that nothing waits behind it
        Assert.Equal(5, Assert.Single(await A.Store.ListCrlsAsync()).Number);
        var damaged = (await Sign(6, B)).Encoded.ToArray();
        damaged[^1] ^= 1;
        Assert.Contains("crlann: ", Text(await Handle(RevocationList.Decode(damaged))), StringComparison.Ordinal);
    }

    private static string Text(HandlingResult result) => Assert.IsType<HandlingResult.Refused>(result).Text;

    private static long Generation(Certificate certificate) => SeedKeyIdentifier.Decode(certificate.SubjectKeyIdentifier!.Value.Memory).Generation;

    private static RevocationList Crl(IReadOnlyList<AgentAnnouncement> announcements) =>
        announcements.OfType<AgentAnnouncement.RevocationLists>().SelectMany(announcement => announcement.Lists).Last(list => list.Issuer.ToString().StartsWith("CN=CMA A", StringComparison.Ordinal));

    private async Task Revoke(TestAgent user, RevokeUserReason reason)
    {
        World.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(await user.Cma.Cma.Administration.RevokeAsync(user.Name, reason));
        await World.Deliver();
    }

    private async Task<Certificate> Restored()
    {
        await B.Cma.Administration.RestoreAsync(B1.Name);
        await World.Deliver();
        return await A1.Receive(B1, World.Now);
    }

    private static async Task<Certificate> Send(TestAgent user)
    {
        var granted = Assert.IsType<SendCertificateResult.Granted>(await user.AskSend(Now));
        granted.PrivateKey.Dispose();
        return granted.Certificate;
    }

    private Task<byte[]> Announcement(DateTimeOffset time, params DistinguishedName[] users) => AnnouncementOf(B.Name, time, users);

    private Task<byte[]> AnnouncementOf(DistinguishedName domain, DateTimeOffset time, params DistinguishedName[] users) => Task.FromResult(Message(
        new PKIBody.CkiRULann(new CKIRevokedUserListAnnContent
        {
            Domain = domain.Name,
            List = new RevokedUserList((SequenceOf<RevokedUserListItem>)users.Select(user => new RevokedUserListItem { User = user.Name, Reason = RevokeUserReason.KeyCompromise }).ToArray()),
        }),
        time));

    private byte[] Message(PKIBody body, DateTimeOffset time) => new MessageWriter(B.Name, TestWorld.Provider.Random).Begin(A.Name, body, time).Encode();
}
