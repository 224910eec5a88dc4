using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Checks that certificates are followed by others unasked, and who hears of them (CKI Part 2 ¶79, ¶91).</summary>
public sealed class CertificateRenewalTests : TwoDomains
{
    [Fact]
    public async Task AReceiveCertificate_IsAnnounced_BeforeItEnds_Once_ToThoseWhoAskedForIt()
    {
        var a2 = await A.Enrol("CN=A2,O=Domain A,C=GB");
        var first = await A1.Receive(B1, Now, Now.AddDays(100));
        Assert.Empty(await Announced(A1));
        World.Time.Advance(TimeSpan.FromDays(86));
        await A.Cma.MaintainAsync();
        await A.Cma.MaintainAsync();
        var next = Assert.Single(await Announced(A1));
        Assert.Equal(Now.AddDays(93), next.NotBefore);
        Assert.True(next.NotAfter > first.NotAfter);
        Assert.Equal((B1.Name, first.SubjectKeyIdentifier), (next.Subject, next.SubjectKeyIdentifier));
        Assert.Empty(await Announced(a2));
    }

    [Fact]
    public async Task WhoHasHeardOfIt_HearsAgain_OnlyIfHeAsksAgain()
    {
        await A1.Receive(B1, Now, Now.AddDays(30));
        World.Time.Advance(TimeSpan.FromDays(20));
        await A.Cma.MaintainAsync();
        var second = Assert.Single(await Announced(A1));
        World.Time.SetUtcNow(second.NotAfter.AddDays(-10));
        await A.Cma.MaintainAsync();
        Assert.Empty(await Announced(A1));
    }

    [Fact]
    public async Task ACertificateThatWasMadeMeanwhile_IsTheOneAnnounced()
    {
        var a2 = await A.Enrol("CN=A2,O=Domain A,C=GB");
        await A1.Receive(B1, Now, Now.AddDays(30));
        await a2.Receive(B1, Now.AddDays(30), Now.AddDays(33));
        World.Time.Advance(TimeSpan.FromDays(20));
        await A.Cma.MaintainAsync();
        Assert.Equal(Assert.Single(await Announced(A1)), Assert.Single(await Announced(a2)));
    }

    [Fact]
    public async Task NobodyHears_OfRevokedRecipients_OrIsTold_WhenRevokedHimself()
    {
        var a2 = await A.Enrol("CN=A2,O=Domain A,C=GB");
        await A1.Receive(B1, Now, Now.AddDays(30));
        await a2.Receive(B1, Now, Now.AddDays(30));
        await A.Cma.Administration.RevokeAsync(a2.Name, RevokeUserReason.KeyCompromise);
        World.Time.Advance(TimeSpan.FromDays(20));
        await A.Cma.MaintainAsync();
        Assert.Single(await Announced(A1));
        Assert.DoesNotContain(a2.Name.Canonical, (await Holding(a2)).Append(""));

        var b2 = await B.Enrol("CN=B2,O=Domain B,C=GB");
        await A1.Receive(b2, World.Now, World.Now.AddDays(30));
        await B.Cma.Administration.RevokeAsync(b2.Name, RevokeUserReason.KeyCompromise);
        await World.Deliver();
        World.Time.Advance(TimeSpan.FromDays(20));
        await A.Cma.MaintainAsync();
        Assert.Empty(await Announced(A1));
    }

    [Fact]
    public async Task OtherBaseAndModulus_BringNewCertificates_AtOnce()
    {
        var top = World.AddTlcma(options => options with { Group = DhGroups.Ffdhe3072 });
        await top.Register(A, B);
        (await A1.AskSend(Now, Now.AddDays(300)) as SendCertificateResult.Granted)!.PrivateKey.Dispose();
        await A1.Receive(B1, Now, Now.AddDays(300));
        await top.Serve(A, await A.Cma.Requests.RequestDomainsAsync(true, (Now.AddDays(1), Now.AddDays(800)), []));
        await World.Deliver();
        await A.Cma.MaintainAsync();
        var before = await A1.Fetch();
        Assert.Empty(before.OfType<AgentAnnouncement.SendCertificate>());
        World.Time.Advance(TimeSpan.FromDays(2));
        await A.Cma.MaintainAsync();
        await A.Cma.MaintainAsync();
        var announced = await A1.Fetch();
        var send = Assert.Single(announced.OfType<AgentAnnouncement.SendCertificate>()).Certificate;
        var receive = Assert.Single(Assert.Single(announced.OfType<AgentAnnouncement.ReceiveCertificates>()).Certificates);
        Assert.All([send, receive], certificate =>
        {
            Assert.True(DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, DhGroups.Named, out var group, out _));
            Assert.Equal((DhGroups.Ffdhe3072, World.Now), (group, certificate.NotBefore));
        });
        (await A1.Agent.DeriveKeyAsync(send, DatedKeyUsage.Send)).Dispose();
    }

    private static async Task<IReadOnlyList<Certificate>> Announced(TestAgent agent) =>
        [.. (await agent.Fetch()).OfType<AgentAnnouncement.ReceiveCertificates>().SelectMany(announcement => announcement.Certificates)];

    private static async Task<IReadOnlyList<string>> Holding(TestAgent agent) =>
        await agent.Cma.Cma.NextAnnouncementAsync(agent.User.Peer, SecurityServices.All, null) is null ? [] : [agent.Name.Canonical];
}
