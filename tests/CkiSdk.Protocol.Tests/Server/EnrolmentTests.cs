using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Shows what the operator of a CMA may do, and how a local seed key reaches its user (CKI Part 2 C.9, ¶69, ¶71; profile section 3).</summary>
public sealed class EnrolmentTests
{
    [Fact]
    public async Task NextAnnouncementAsync_Gives_ThePreparedSeedKey_AgainUntilAcknowledged()
    {
        using var domain = await TestDomain.Create();
        var first = await domain.Announcement();
        Assert.Equal(first.ToArray(), (await domain.Announcement()).ToArray());
        domain.Restart();
        Assert.Equal(first.ToArray(), (await domain.Announcement()).ToArray());
        Assert.Null(await domain.Cma.NextAnnouncementAsync(TestUser.A1.Peer, SecurityServices.All, first));
        Assert.Null(await domain.Cma.NextAnnouncementAsync(TestUser.A1.Peer, SecurityServices.All, null));
    }

    [Fact]
    public async Task NextAnnouncementAsync_Ignores_AnAcknowledgementOfSomethingElse()
    {
        using var domain = await TestDomain.Create();
        var first = await domain.Announcement();
        Assert.Equal(first.ToArray(), (await domain.Announcement(new byte[] { 1 })).ToArray());
    }

    [Fact]
    public async Task NextAnnouncementAsync_Writes_TheHeaderOfTheProfile()
    {
        using var domain = await TestDomain.Create();
        var message = PKIMessage.Decode(await domain.Announcement());
        Assert.IsType<PKIBody.CkiESann>(message.Body);
        Assert.Equal((16, 16), (message.Header.TransactionID?.Length, message.Header.SenderNonce?.Length));
        Assert.Null(message.Header.RecipNonce);
        Assert.Equal(TestDomain.Now, message.Header.MessageTime?.ToDateTimeOffset());
    }

    [Theory]
    [InlineData(SecurityServices.None)]
    [InlineData(SecurityServices.OriginAuthentication | SecurityServices.Integrity)]
    [InlineData(SecurityServices.Confidentiality)]
    public async Task NextAnnouncementAsync_KeepsBack_KeysFromOpenTransports(SecurityServices services)
    {
        using var domain = await TestDomain.Create();
        Assert.Null(await domain.Cma.NextAnnouncementAsync(TestUser.A1.Peer, services, null));
    }

    [Fact]
    public async Task NextAnnouncementAsync_KeepsBack_KeysFromOthersAndFromTheRevoked()
    {
        using var domain = await TestDomain.Create();
        Assert.Null(await domain.Cma.NextAnnouncementAsync(TestUser.A2.Peer, SecurityServices.All, null));
        await domain.Cma.Administration.RevokeAsync(TestDomain.A1, RevokeUserReason.KeyCompromise);
        Assert.Null(await domain.Cma.NextAnnouncementAsync(TestUser.A1.Peer, SecurityServices.All, null));
        await domain.Cma.Administration.RestoreAsync(TestDomain.A1);
        Assert.NotEmpty((await domain.Announcement()).ToArray());
    }

    [Theory]
    [InlineData("CN=B1,O=Domain B,C=GB")]
    [InlineData("O=Domain AB,C=GB")]
    [InlineData("")]
    public async Task EnrolAsync_Refuses_NamesOutsideTheDomain(string name)
    {
        using var domain = await TestDomain.Create();
        var user = DistinguishedName.Parse(name);
        await Assert.ThrowsAsync<ArgumentException>("user", async () => await domain.Cma.Administration.EnrolAsync(user, TestUser.A1.Certificate, TestDomain.Now));
        Assert.Null(await domain.Store.FindUserAsync(user.Canonical));
    }

    [Fact]
    public async Task EnrolAsync_Refuses_CertificatesThatCannotReceiveTheKey_BeforeAnythingIsStored()
    {
        using var domain = await TestDomain.Create(withUser: false);
        Certificate[] wrong =
        [
            TestUser.A2.Certificate,
            (await TestUser.Create(TestDomain.A1, CertificatePurposes.TlsClient)).Certificate,
            (await TestUser.Create(TestDomain.A1, end: TestDomain.Now.AddSeconds(-1))).Certificate,
        ];
        foreach (var certificate in wrong)
        {
            await Assert.ThrowsAsync<ArgumentException>(
                "encryptionCertificate", async () => await domain.Cma.Administration.EnrolAsync(TestDomain.A1, certificate, TestDomain.Now));
        }

        Assert.Null(await domain.Store.FindUserAsync(TestDomain.A1.Canonical));
        Assert.Null(await domain.Cma.NextAnnouncementAsync(TestUser.A1.Peer, SecurityServices.All, null));
    }

    [Fact]
    public async Task EnrolAsync_Refuses_WithoutInteroperabilityKey()
    {
        using var domain = await TestDomain.Create(withKey: false);
        await Assert.ThrowsAsync<InvalidOperationException>(() => domain.Enrol(TestUser.A1));
        Assert.Null(await domain.Store.FindUserAsync(TestDomain.A1.Canonical));
    }

    [Fact]
    public async Task EnrolAsync_Refuses_ARevokedUser()
    {
        using var domain = await TestDomain.Create();
        await domain.Cma.Administration.RevokeAsync(TestDomain.A1, RevokeUserReason.KeyCompromise);
        await Assert.ThrowsAsync<InvalidOperationException>(() => domain.Enrol(TestUser.A1));
    }

    [Fact]
    public async Task EnrolAsync_WhileHeIsRevoked_GivesAUser_Nothing_BeforeHeIsRestored()
    {
        using var domain = await TestDomain.Create();
        await domain.Cma.Administration.RevokeAsync(TestDomain.A1, RevokeUserReason.KeyCompromise);
        await domain.Cma.Administration.EnrolAsync(new Protocol.Server.Enrolment(TestDomain.A1, TestUser.A1.Certificate) { WhileRevoked = true }, TestDomain.Now);
        Assert.True((await domain.Store.FindUserAsync(TestDomain.A1.Canonical))!.IsRevoked);
        Assert.Null(await domain.Cma.NextAnnouncementAsync(TestUser.A1.Peer, SecurityServices.All, null));
        await domain.Cma.Administration.RestoreAsync(TestDomain.A1);
        Assert.NotNull(await domain.Cma.NextAnnouncementAsync(TestUser.A1.Peer, SecurityServices.All, null));
    }

    [Fact]
    public async Task RevokeAsync_Tells_WhetherTheUserIsKnown()
    {
        using var domain = await TestDomain.Create();
        Assert.True(await domain.Cma.Administration.RevokeAsync(TestDomain.A1, RevokeUserReason.KeyCompromise));
        Assert.False(await domain.Cma.Administration.RevokeAsync(TestDomain.A2, RevokeUserReason.KeyCompromise));
    }

    [Fact]
    public async Task CreateLocalKeyAsync_Stores_WholeSeconds_AndAWrappedKey()
    {
        using var domain = await TestDomain.Create(withKey: false);
        var key = await domain.Cma.Administration.CreateLocalKeyAsync(TestDomain.Now.AddMilliseconds(900), TestDomain.Now.AddDays(1).AddMilliseconds(100));
        Assert.Equal((TestDomain.Now, TestDomain.Now.AddDays(1)), (key.NotBefore, key.NotAfter));
        Assert.Equal((32, 40), (key.MyReference.Length, key.WrappedKey.Length));
        Assert.Null(key.ExternalCma);
        await Assert.ThrowsAsync<ArgumentException>(
            "notAfter", async () => await domain.Cma.Administration.CreateLocalKeyAsync(TestDomain.Now, TestDomain.Now.AddMilliseconds(900)));
    }
}
