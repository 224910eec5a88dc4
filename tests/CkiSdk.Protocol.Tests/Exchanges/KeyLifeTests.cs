using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Checks that keys, certificates and CRLs are renewed before they end, by the clock alone.</summary>
public sealed class KeyLifeTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private TestWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await TestWorld.Create();

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ALocalKey_IsRenewed_BeforeItEnds_AndUsersHear()
    {
        var a = await _world.Add("A");
        var a1 = await a.Enrol("CN=A1,O=Domain A,C=GB");
        await a.Cma.MaintainAsync();
        await a1.Fetch(); // the first CRL
        _world.Time.SetUtcNow(TestDomain.KeyEnd.AddDays(-61));
        await a.Cma.MaintainAsync();
        Assert.Single(await a.Store.ListInteroperabilityKeysAsync());
        _world.Time.SetUtcNow(TestDomain.KeyEnd.AddDays(-60));
        await a.Cma.MaintainAsync();
        await a.Cma.MaintainAsync();
        var keys = await a.Store.ListInteroperabilityKeysAsync();
        Assert.Equal([TestDomain.KeyStart, TestDomain.KeyEnd.AddDays(-30)], keys.Select(key => key.NotBefore));
        Assert.Single(await a1.Fetch(), announcement => announcement is AgentAnnouncement.SeedKey);
    }

    [Fact]
    public async Task ASendCertificate_IsAnnounced_BeforeItEnds_Once()
    {
        var a = await _world.Add("A");
        var a1 = await a.Enrol("CN=A1,O=Domain A,C=GB");
        (await a1.AskSend(Now, Now.AddDays(100)) as SendCertificateResult.Granted)!.PrivateKey.Dispose();
        await a.Cma.MaintainAsync();
        Assert.DoesNotContain(await a1.Fetch(), announcement => announcement is AgentAnnouncement.SendCertificate);
        _world.Time.Advance(TimeSpan.FromDays(86));
        await a.Cma.MaintainAsync();
        await a.Cma.MaintainAsync();
        var next = Assert.Single((await a1.Fetch()).OfType<AgentAnnouncement.SendCertificate>()).Certificate;
        Assert.Equal((Now.AddDays(93), Now.AddDays(93 + 365)), (next.NotBefore, next.NotAfter));
        (await a1.Agent.DeriveKeyAsync(next, DatedKeyUsage.Send)).Dispose();
    }

    [Fact]
    public async Task TheCrl_IsRenewed_AtHalfItsTime()
    {
        var a = await _world.Add("A");
        await a.Cma.MaintainAsync();
        await a.Cma.MaintainAsync();
        Assert.Equal(1, Assert.Single(await a.Store.ListCrlsAsync()).Number);
        _world.Time.Advance(TimeSpan.FromDays(16));
        await a.Cma.MaintainAsync();
        Assert.Equal((2L, _world.Now.AddDays(30)), Assert.Single((await a.Store.ListCrlsAsync()).Select(crl => (crl.Number, crl.NextUpdate))));
    }

    [Fact]
    public async Task TenYears_OfExpiryAndRollover_LeaveNoMomentUnserved()
    {
        var top = _world.AddTlcma();
        var (a, b) = (await Domain("A"), await Domain("B"));
        await top.Register(a, b);
        foreach (var (cma, other) in new[] { (a, b), (b, a) })
        {
            Assert.Equal(PKIStatus.Granted, (await top.Serve(cma, await cma.Cma.Requests.RequestDomainsAsync(true, null, [new RequestedDomain(other.Name)]))).Status);
        }

        foreach (var certificate in a.Options.Successors.Concat(b.Options.Successors)) await top.Tlcma.Administration.AddCmaCertificateAsync(certificate.Certificate);
        await _world.Deliver();
        var (a1, b1) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await b.Enrol("CN=B1,O=Domain B,C=GB"));
        var send = await Send(a1, _world.Now);
        for (var end = Now.AddYears(10); _world.Now < end; _world.Time.Advance(TimeSpan.FromDays(10)))
        {
            await top.Tlcma.MaintainAsync();
            await _world.Deliver();
            await a.Cma.MaintainAsync();
            await b.Cma.MaintainAsync();
            await _world.Deliver();
            send = (await a1.Fetch()).OfType<AgentAnnouncement.SendCertificate>().Select(announced => announced.Certificate).Append(send).MaxBy(certificate => certificate.NotAfter)!;
            await b1.Fetch();
            await Talk(a1, b1, send);
        }

        Assert.True((await a.Store.ListInteroperabilityKeysAsync()).Count(key => key.ExternalCma == b.Name.Canonical) >= 5);
        Assert.NotEqual(a.Options.Certificate, a1.Agent.FindAuthority(send));
    }

    // Without a TLCMA the key that goes signs the certificate of the one that comes.
    [Fact]
    public async Task NextSigningKey_IsKnownToPeers_BeforeItIsInForce_AndTheOldOnesListGoesOn()
    {
        var (a, b) = (await _world.Add("A"), await _world.Add("B"));
        await TestWorld.Share(a, b, Now.AddDays(-1), Now.AddDays(800));
        await a.Cma.MaintainAsync();
        await _world.Deliver();
        var (a1, b1) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await b.Enrol("CN=B1,O=Domain B,C=GB"));
        var (old, before) = (a.Options.Certificate, await Send(a1, _world.Now));
        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var next = await CertificateSigner.SignAsync(
            CertificateProfiles.Cma(a.Name, key.SubjectPublicKeyInfo, Now.AddDays(30), Now.AddYears(5), DomainRule.Of(old)), old, a.Options.SigningKey, a.Options.SignatureAlgorithm, SerialNumbers.Random(TestWorld.Provider.Random));
        a.Restart(options => options with { Successors = [new CmaSigner(next, key, key.Algorithms[0])] });
        await a.Cma.MaintainAsync();
        await _world.Deliver();
        Assert.Contains(await b.Store.ListAuthoritiesAsync(), authority => authority.Encoded.Span.SequenceEqual(next.Encoded.Span));
        for (var day = 0; day < 100; day += 5)
        {
            _world.Time.Advance(TimeSpan.FromDays(5));
            await a.Cma.MaintainAsync();
            await b.Cma.MaintainAsync();
            await _world.Deliver();
            await a1.Fetch();
            await b1.Fetch();
            var send = await Send(a1, _world.Now);
            await Talk(a1, b1, send);
            Assert.Equal(day + 5 >= 30 ? next : old, a1.Agent.FindAuthority(send));
            foreach (var issuer in new[] { old, a1.Agent.FindAuthority(send)! }) Assert.True(a1.Agent.FindCrl(issuer)!.NextIssueAt > _world.Now);
        }

        Assert.Equal(old, a1.Agent.FindAuthority(before));
    }

    // It was told while he was revoked, and is told once.
    [Fact]
    public async Task NextSigningKey_IsKnownToAUser_WhoWasRestored_AfterItWasTold()
    {
        var a = await _world.Add("A");
        var a1 = await a.Enrol("CN=A1,O=Domain A,C=GB");
        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var next = await _world.Certify(a.Name, key, Now.AddDays(30), Now.AddYears(5), "O=Domain A,C=GB");
        a.Restart(options => options with { Successors = [new CmaSigner(next, key, key.Algorithms[0])] });
        await a.Cma.Administration.RevokeAsync(a1.Name, RevokeUserReason.Unspecified);
        await a.Cma.MaintainAsync();
        await a.Cma.Administration.RestoreAsync(a1.Name);
        await a1.Fetch();
        _world.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(next, a1.Agent.FindAuthority(await Send(a1, _world.Now)));
    }

    // The TLCMA learns of the next encryption certificate some time later than the CMA.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task KeysSealedToTheEncryptionCertificateBefore_Open_AsLongAsItsKeyIsKept(bool isKept)
    {
        var top = _world.AddTlcma();
        var a = await _world.Add("A", withKey: false);
        await top.Register(a);
        var before = a.Options.Encryption!;
        await top.Tlcma.Administration.AnnounceKeyAsync(a.Name, other: null, Now, Now.AddYears(2));
        var next = await TestUser.Create(a.Name, end: Now.AddYears(20));
        a.Restart(options => options with { Encryption = isKept ? next.EncryptionAfter(before) : next.Encryption });
        var message = (await top.Store.PeekAnnouncementAsync(a.Name.Canonical))!.Message;
        var result = await a.Cma.HandleAsync(top.Deliver(message));
        Assert.Equal(isKept, result is HandlingResult.Accepted);
        Assert.Equal(isKept ? 1 : 0, (await a.Store.ListInteroperabilityKeysAsync()).Count);
    }

    [Fact]
    public async Task StrangersCertificates_AreNotTakenWithACrl()
    {
        var (a, b) = (await _world.Add("A"), await _world.Add("B"));
        await TestWorld.Share(a, b, Now.AddDays(-1), Now.AddDays(800));
        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var forged = await CertificateSigner.SignAsync(
            CertificateProfiles.Cma(a.Name, key.SubjectPublicKeyInfo, Now, Now.AddYears(5), DomainRule.Of(a.Options.Certificate)), null, key, key.Algorithms[0], SerialNumbers.Random(TestWorld.Provider.Random));
        a.Restart(options => options with { Successors = [new CmaSigner(forged, key, key.Algorithms[0])] });
        await a.Cma.MaintainAsync();
        var lists = (await a.Store.ListAnnouncementsAsync(b.Name.Canonical)).Select(announcement => announcement.Message).ToArray();
        Assert.Equal(2, lists.Length); // that of each key; the first it knows
        Assert.IsType<HandlingResult.Accepted>(await b.Cma.HandleAsync(a.Deliver(lists[0])));
        Assert.IsType<HandlingResult.Refused>(await b.Cma.HandleAsync(a.Deliver(lists[1])));
        Assert.DoesNotContain(await b.Store.ListAuthoritiesAsync(), authority => authority.Encoded.Span.SequenceEqual(forged.Encoded.Span));
    }

    private async Task Talk(TestAgent from, TestAgent to, Certificate send)
    {
        // The announced certificate may begin a few days from now; the one before lasts until after that.
        using var sendKey = await from.Agent.DeriveKeyAsync(send, DatedKeyUsage.Send);
        Assert.True(send.NotAfter > _world.Now, $"{_world.Now:u}: the send certificate ended {send.NotAfter:u}");
        var receive = await from.Receive(to, _world.Now);
        Assert.True(receive.IsValidAt(_world.Now), $"{_world.Now:u}: {receive.NotBefore:u} to {receive.NotAfter:u}");
        if (!to.Agent.HasSeed(receive) || to.Agent.FindAuthority(receive) is null) Assert.IsType<ExternalSeedKeyResult.Granted>(await to.AskSeed(receive));
        using var receiveKey = await to.Agent.DeriveKeyAsync(receive, DatedKeyUsage.Receive);
        using var one = await sendKey.AgreeAsync(receiveKey.PublicValue);
        using var other = await receiveKey.AgreeAsync(sendKey.PublicValue);
        Assert.True(one.FixedTimeEquals(other.Span));
        Assert.NotNull(from.Agent.FindCrl(from.Agent.FindAuthority(receive)!));
    }

    private static async Task<Certificate> Send(TestAgent agent, DateTimeOffset start)
    {
        var granted = Assert.IsType<SendCertificateResult.Granted>(await agent.AskSend(start));
        granted.PrivateKey.Dispose();
        return granted.Certificate;
    }

    // A CMA whose certificate is followed by another one after four years, and that by a third.
    private async Task<TestCma> Domain(string letter)
    {
        var cma = await _world.Add(letter, options => options with { DefaultLifetime = TimeSpan.FromDays(200) }, withKey: false);
        var successors = new List<CmaSigner>();
        foreach (var year in new[] { 4, 8 })
        {
            var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
            var certificate = await _world.Certify(cma.Name, key, Now.AddYears(year), Now.AddYears(year + 6), $"O=Domain {letter},C=GB");
            successors.Add(new CmaSigner(certificate, key, key.Algorithms[0]));
        }

        cma.Restart(options => options with { Successors = successors });
        return cma;
    }
}
