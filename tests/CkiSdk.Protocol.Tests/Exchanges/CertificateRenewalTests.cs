using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Checks that certificates are followed by others unasked, and who hears of them (CKI Part 2 ¶79, ¶91).</summary>
public sealed class CertificateRenewalTests : IAsyncLifetime
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
        (_a, _b) = (await _world.Add("A"), await _world.Add("B"));
        (_a1, _b1) = (await _a.Enrol("CN=A1,O=Domain A,C=GB"), await _b.Enrol("CN=B1,O=Domain B,C=GB"));
        await TestWorld.Share(_a, _b, Now.AddDays(-1), Now.AddDays(400));
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AReceiveCertificate_IsAnnounced_BeforeItEnds_Once_ToThoseWhoAskedForIt()
    {
        var a2 = await _a.Enrol("CN=A2,O=Domain A,C=GB");
        var first = await _a1.Receive(_b1, Now, Now.AddDays(100));
        Assert.Empty(await Announced(_a1));
        _world.Time.Advance(TimeSpan.FromDays(86));
        await _a.Cma.MaintainAsync();
        await _a.Cma.MaintainAsync();
        var next = Assert.Single(await Announced(_a1));
        Assert.Equal(Now.AddDays(93), next.NotBefore);
        Assert.True(next.NotAfter > first.NotAfter);
        Assert.Equal((_b1.Name, first.SubjectKeyIdentifier), (next.Subject, next.SubjectKeyIdentifier));
        Assert.Empty(await Announced(a2));
    }

    [Fact]
    public async Task WhoHasHeardOfIt_HearsAgain_OnlyIfHeAsksAgain()
    {
        await _a1.Receive(_b1, Now, Now.AddDays(30));
        _world.Time.Advance(TimeSpan.FromDays(20));
        await _a.Cma.MaintainAsync();
        var second = Assert.Single(await Announced(_a1));
        _world.Time.SetUtcNow(second.NotAfter.AddDays(-10));
        await _a.Cma.MaintainAsync();
        Assert.Empty(await Announced(_a1));
    }

    [Fact]
    public async Task ACertificateThatWasMadeMeanwhile_IsTheOneAnnounced()
    {
        var a2 = await _a.Enrol("CN=A2,O=Domain A,C=GB");
        await _a1.Receive(_b1, Now, Now.AddDays(30));
        await a2.Receive(_b1, Now.AddDays(30), Now.AddDays(33));
        _world.Time.Advance(TimeSpan.FromDays(20));
        await _a.Cma.MaintainAsync();
        Assert.Equal(Assert.Single(await Announced(_a1)), Assert.Single(await Announced(a2)));
    }

    [Fact]
    public async Task NobodyHears_OfRevokedRecipients_OrIsTold_WhenRevokedHimself()
    {
        var a2 = await _a.Enrol("CN=A2,O=Domain A,C=GB");
        await _a1.Receive(_b1, Now, Now.AddDays(30));
        await a2.Receive(_b1, Now, Now.AddDays(30));
        await _a.Cma.Administration.RevokeAsync(a2.Name, RevokeUserReason.KeyCompromise);
        _world.Time.Advance(TimeSpan.FromDays(20));
        await _a.Cma.MaintainAsync();
        Assert.Single(await Announced(_a1));
        Assert.DoesNotContain(a2.Name.Canonical, (await Holding(a2)).Append(""));

        var b2 = await _b.Enrol("CN=B2,O=Domain B,C=GB");
        await _a1.Receive(b2, _world.Now, _world.Now.AddDays(30));
        await _b.Cma.Administration.RevokeAsync(b2.Name, RevokeUserReason.KeyCompromise);
        await _world.Deliver();
        _world.Time.Advance(TimeSpan.FromDays(20));
        await _a.Cma.MaintainAsync();
        Assert.Empty(await Announced(_a1));
    }

    [Fact]
    public async Task OtherBaseAndModulus_BringNewCertificates_AtOnce()
    {
        var top = _world.AddTlcma(options => options with { Group = DhGroups.Ffdhe3072 });
        await top.Register(_a, _b);
        (await _a1.AskSend(Now, Now.AddDays(300)) as SendCertificateResult.Granted)!.PrivateKey.Dispose();
        await _a1.Receive(_b1, Now, Now.AddDays(300));
        await top.Serve(_a, await _a.Cma.Requests.RequestDomainsAsync(true, (Now.AddDays(1), Now.AddDays(800)), []));
        await _world.Deliver();
        await _a.Cma.MaintainAsync();
        var before = await _a1.Fetch();
        Assert.Empty(before.OfType<AgentAnnouncement.SendCertificate>());
        _world.Time.Advance(TimeSpan.FromDays(2));
        await _a.Cma.MaintainAsync();
        await _a.Cma.MaintainAsync();
        var announced = await _a1.Fetch();
        var send = Assert.Single(announced.OfType<AgentAnnouncement.SendCertificate>()).Certificate;
        var receive = Assert.Single(Assert.Single(announced.OfType<AgentAnnouncement.ReceiveCertificates>()).Certificates);
        Assert.All([send, receive], certificate =>
        {
            Assert.True(DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, DhGroups.Named, out var group, out _));
            Assert.Equal((DhGroups.Ffdhe3072, _world.Now), (group, certificate.NotBefore));
        });
        (await _a1.Agent.DeriveKeyAsync(send, DatedKeyUsage.Send)).Dispose();
    }

    private static async Task<IReadOnlyList<Certificate>> Announced(TestAgent agent) =>
        [.. (await agent.Fetch()).OfType<AgentAnnouncement.ReceiveCertificates>().SelectMany(announcement => announcement.Certificates)];

    private static async Task<IReadOnlyList<string>> Holding(TestAgent agent) =>
        await agent.Cma.Cma.NextAnnouncementAsync(agent.User.Peer, SecurityServices.All, null) is null ? [] : [agent.Name.Canonical];
}
