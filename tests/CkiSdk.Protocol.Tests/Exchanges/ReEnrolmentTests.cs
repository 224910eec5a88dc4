using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows that a user whose keys were stolen gets others, and that the thief gets nothing of what follows; and that nobody misses a seed key by when he comes.</summary>
public sealed class ReEnrolmentTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private TestWorld _world = null!;
    private TestCma _a = null!;
    private TestAgent _a1 = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _a = await _world.Add("A");
        _a1 = await _a.Enrol("CN=A1,O=Domain A,C=GB");
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task WhoHasTheOldKeys_CannotDerive_TheKeysOfTheNewOnes()
    {
        var stolen = _a1;
        await _a.Cma.Administration.RevokeAsync(_a1.Name, RevokeUserReason.KeyCompromise);
        await _a.Cma.Administration.RestoreAsync(_a1.Name);
        await stolen.Fetch(); // the seed key that the restored user gets is sealed to the old key
        var renewed = await Anew();
        await renewed.Fetch();
        using var mine = Assert.IsType<SendCertificateResult.Granted>(await renewed.AskSend(Now)).PrivateKey;
        var receive = await renewed.Receive(renewed, Now);
        Assert.False(stolen.Agent.HasSeed(receive));
        Assert.Equal(2, SeedKeyIdentifier.Decode(receive.SubjectKeyIdentifier!.Value.Memory).Generation);
        using var key = await renewed.Agent.DeriveKeyAsync(receive, DatedKeyUsage.Receive);
    }

    // It waited for the keys of before, whose seed keys he does not get any more: it would hold up all that comes behind it.
    [Fact]
    public async Task ASendCertificate_ThatWaited_DoesNotStandInTheWay()
    {
        Assert.IsType<SendCertificateResult.Granted>(await _a1.AskSend(Now, Now.AddDays(100))).PrivateKey.Dispose();
        _world.Time.Advance(TimeSpan.FromDays(86));
        await _a.Cma.MaintainAsync();
        var renewed = await Anew();
        Assert.DoesNotContain(await renewed.Fetch(), announcement => announcement is AgentAnnouncement.SendCertificate);
        Assert.IsType<SendCertificateResult.Granted>(await renewed.AskSend(_world.Now)).PrivateKey.Dispose();
    }

    // The order that leaves the thief no moment: other keys first, then the end of the revocation.
    [Fact]
    public async Task WhoIsEnrolledAnew_WhileHeIsRevoked_SharesNothing_WithTheThief()
    {
        var stolen = _a1;
        await _a.Cma.Administration.RevokeAsync(_a1.Name, RevokeUserReason.KeyCompromise);
        var renewed = await Anew(whileRevoked: true);
        Assert.Null(await _a.Cma.NextAnnouncementAsync(renewed.User.Peer, SecurityServices.All, null));
        await _a.Cma.Administration.RestoreAsync(_a1.Name);
        await Assert.ThrowsAsync<CkiProtocolException>(stolen.Fetch); // what waits is sealed to the new key
        await renewed.Fetch();
        using var mine = Assert.IsType<SendCertificateResult.Granted>(await renewed.AskSend(Now)).PrivateKey;
        var receive = await renewed.Receive(renewed, Now);
        Assert.False(stolen.Agent.HasSeed(receive));
        using var key = await renewed.Agent.DeriveKeyAsync(receive, DatedKeyUsage.Receive);
    }

    [Fact]
    public async Task WhatWaits_SealedToTheOldKey_HoldsUpNothing()
    {
        await _a.Cma.Administration.CreateLocalKeyAsync(Now.AddDays(1), TestDomain.KeyEnd); // its seed key waits
        var renewed = await Anew();
        Assert.All(await renewed.Fetch(), announcement => Assert.IsType<AgentAnnouncement.SeedKey>(announcement));
        foreach (var start in new[] { Now, Now.AddDays(2) })
        {
            Assert.IsType<SendCertificateResult.Granted>(await renewed.AskSend(start)).PrivateKey.Dispose();
        }
    }

    [Fact]
    public async Task TheSameCertificateAgain_ChangesNoSeedKey()
    {
        await _a.Cma.Administration.EnrolAsync(_a1.Name, _a1.User.Certificate, Now);
        await _a1.Fetch();
        Assert.Equal(0, SeedKeyIdentifier.Decode((await _a1.Receive(_a1, Now)).SubjectKeyIdentifier!.Value.Memory).Generation);
    }

    [Fact]
    public async Task WhoComes_OrIsRestored_BeforeTheNextKey_HasItsSeedKey_Then()
    {
        var a2 = await _a.Enrol("CN=A2,O=Domain A,C=GB");
        await _a.Cma.Administration.RevokeAsync(a2.Name, RevokeUserReason.AffiliationChanged);
        await _a.Cma.Administration.CreateLocalKeyAsync(Now.AddDays(1), TestDomain.KeyEnd);
        await _a.Cma.Administration.RestoreAsync(a2.Name);
        await a2.Fetch();
        var a3 = await _a.Enrol("CN=A3,O=Domain A,C=GB");
        foreach (var agent in new[] { a2, a3 })
        {
            Assert.IsType<SendCertificateResult.Granted>(await agent.AskSend(Now.AddDays(2))).PrivateKey.Dispose();
        }
    }

    private async Task<TestAgent> Anew(bool whileRevoked = false)
    {
        var user = await TestUser.Create(_a1.Name, end: Now.AddYears(20));
        await _a.Cma.Administration.EnrolAsync(new Protocol.Server.Enrolment(user.Name, user.Certificate) { WhileRevoked = whileRevoked }, Now);
        var options = new UserAgentOptions { User = user.Name, CmaCertificate = _a.Options.Certificate, Encryption = user.Encryption, Anchors = [_world.Anchor] };
        return new TestAgent(_a, user, new UserAgent(options, TestWorld.Provider, _world.Time));
    }
}
