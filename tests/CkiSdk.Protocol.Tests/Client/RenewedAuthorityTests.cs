using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Client;

/// <summary>Shows how users get the certificates that authorities make anew for the same keys: along with CRLs, and nothing else that comes along so.</summary>
public sealed class RenewedAuthorityTests : IAsyncLifetime
{
    private static readonly DistinguishedName Authentication = DistinguishedName.Parse("CN=Authentication,O=Domain A,C=GB");
    private TestWorld _world = null!;
    private ISigningKey _key = null!;
    private TestCma _a = null!;

    private DateTimeOffset Now => _world.Now;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var renewed = await SignAsync(Authentication, _key, Now.AddDays(-1), Now.AddYears(9));
        _a = await _world.Add("A", options => options with { AuthenticationAnchors = [renewed] });
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AUser_TakesThem_GoesOnWhenTheOldOnesHaveEnded_AndRemembersThem()
    {
        var (user, pinned, authentication) = (await TestUser.Create(DistinguishedName.Parse("CN=A1,O=Domain A,C=GB"), end: Now.AddYears(5)), await ShortAsync(), await SignAsync(Authentication, _key, Now.AddDays(-9), Now.AddDays(90)));
        await _a.Cma.Administration.EnrolAsync(user.Name, user.Certificate, Now);
        var options = new UserAgentOptions { User = user.Name, CmaCertificate = _a.Options.Certificate, Encryption = user.Encryption, Anchors = [pinned], AuthenticationAnchors = [authentication] };
        var a1 = new TestAgent(_a, user, new UserAgent(options, TestWorld.Provider, _world.Time));
        await a1.Fetch();
        Assert.Empty(a1.Agent.RenewedAuthorities);

        // With the first list, and with each that follows.
        await _a.Cma.MaintainAsync();
        await a1.Fetch();
        Assert.Equal([_world.Anchor, _a.Options.AuthenticationAnchors[0]], a1.Agent.RenewedAuthorities);
        using var state = a1.Agent.Save();
        using var again = new UserAgent(options, TestWorld.Provider, _world.Time);
        again.Restore(state);
        Assert.Equal(a1.Agent.RenewedAuthorities, again.RenewedAuthorities);

        // The next CMA certificate leads to the TLCMA, whose old certificate has ended by then.
        _world.Time.Advance(TimeSpan.FromDays(100));
        Assert.False(pinned.IsValidAt(Now));
        var next = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var certificate = await _world.Certify(_a.Name, next, Now.AddMinutes(-1), Now.AddYears(3), "O=Domain A,C=GB");
        _a.Restart(before => before with { Successors = [new CmaSigner(certificate, next, next.Algorithms[0])] });
        await _a.Cma.MaintainAsync();
        await a1.Fetch();
        Assert.IsType<SendCertificateResult.Granted>(await a1.AskSend(Now)).PrivateKey.Dispose();
    }

    // What he pinned has ended meanwhile, and the CMA certificate of now leads to what has followed: that comes first.
    [Fact]
    public async Task AUser_WhoWasAway_WhileTheOldOneEnded_GoesOn()
    {
        var (user, pinned) = (await TestUser.Create(DistinguishedName.Parse("CN=A1,O=Domain A,C=GB"), end: Now.AddYears(5)), await ShortAsync());
        await _a.Cma.Administration.EnrolAsync(user.Name, user.Certificate, Now);
        var options = new UserAgentOptions { User = user.Name, CmaCertificate = _a.Options.Certificate, Encryption = user.Encryption, Anchors = [pinned] };
        var a1 = new TestAgent(_a, user, new UserAgent(options, TestWorld.Provider, _world.Time));
        await a1.Fetch();
        _world.Time.Advance(TimeSpan.FromDays(100));
        var next = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var certificate = await _world.Certify(_a.Name, next, Now.AddMinutes(-1), Now.AddYears(3), "O=Domain A,C=GB");
        _a.Restart(before => before with { Successors = [new CmaSigner(certificate, next, next.Algorithms[0])] });
        await _a.Cma.MaintainAsync();
        _world.Time.Advance(TimeSpan.FromDays(20));
        await _a.Cma.MaintainAsync();
        await a1.Fetch();
        Assert.Equal([_world.Anchor], a1.Agent.RenewedAuthorities);
        Assert.IsType<SendCertificateResult.Granted>(await a1.AskSend(Now)).PrivateKey.Dispose();
    }

    [Fact]
    public async Task OtherCertificates_AreLeftAlone()
    {
        var (pinned, name) = (await ShortAsync(), _world.Anchor.Subject);
        var good = _world.Anchor;
        var other = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        Assert.Equal(good, Find(good));
        Assert.Equal(good, Find(await SignAsync(name, _world.AnchorKey, Now.AddDays(-1), Now.AddYears(2)), good));
        Assert.Null(Find(await SignAsync(name, other, Now.AddDays(-1), Now.AddYears(9)))); // another key
        Assert.Null(Find(await SignAsync(DistinguishedName.Parse("CN=TLCMA 2,C=GB"), _world.AnchorKey, Now.AddDays(-1), Now.AddYears(9)))); // another name
        Assert.Null(Find(await SignAsync(name, _world.AnchorKey, Now.AddDays(-1), pinned.NotAfter))); // not longer
        Assert.Null(Find(await SignAsync(name, _world.AnchorKey, Now.AddDays(1), Now.AddYears(9)))); // not yet
        Assert.Null(Find(await _world.Certify(_a.Name, _world.AnchorKey, Now.AddDays(-1), Now.AddYears(9), "O=Domain A,C=GB")));

        // Of the right name and key, and not signed by it; and by the key itself, but no authority's.
        var forged = good.Encoded.ToArray();
        forged[^1] ^= 1;
        Assert.Null(Find(Certificate.Decode(forged)));
        var user = await TestUser.Create(name, end: Now.AddYears(9));
        Assert.Null(Find(user.Certificate));
        Assert.Null(Find());

        Certificate? Find(params Certificate[] sent) => RenewedCertificates.Find(pinned, sent, TestWorld.Provider, Now);
    }

    // The TLCMA tells CMAs of its own in the same way.
    [Fact]
    public async Task TheTlcma_SendsItsCertificate_AlongWithCrls()
    {
        var top = _world.AddTlcma();
        var b = await _world.Add("B");
        await top.Register(_a, b);
        await top.Tlcma.Administration.RevokeCmaAsync(b.Name, Asn1.Modules.CertificateExtensions.CRLReason.Superseded);
        var announcement = await top.Store.PeekAnnouncementAsync(_a.Name.Canonical);
        var sent = Asn1.Modules.CKIKeyManagementProtocol.PKIMessage.Decode(announcement!.Message).ExtraCerts!.Value.Select(Certificate.From);
        Assert.Equal([_world.Anchor], sent);
        await _world.Deliver();
        Assert.Empty(await top.Store.ListRecipientsAsync());
    }

    private Task<Certificate> ShortAsync() => SignAsync(_world.Anchor.Subject, _world.AnchorKey, Now.AddDays(-9), Now.AddDays(90));

    private static async Task<Certificate> SignAsync(DistinguishedName name, ISigningKey key, DateTimeOffset start, DateTimeOffset end) =>
        await CertificateSigner.SignAsync(
            CertificateProfiles.AuthenticationAuthority(name, key.SubjectPublicKeyInfo, start, end), null, key, key.Algorithms[0], SerialNumbers.Random(TestWorld.Provider.Random));
}
