using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows that whoever was away longer than messages are taken gets the present state, in the right order, and that nothing holds up what comes after (profile section 4, Exactly once).</summary>
public sealed class LongAbsenceTests
{
    private static readonly DateTimeOffset Now = TestDomain.Now;

    [Theory]
    [InlineData(20, true)]
    [InlineData(60, true)]
    [InlineData(60, false)]
    public async Task Peer_Hears_OfARevocation(int days, bool isMaintained)
    {
        using var world = await TestWorld.Create();
        var (a, b) = (await world.Add("A"), await world.Add("B"));
        await TestWorld.Share(a, b, Now.AddDays(-1), Now.AddDays(100));
        var (a1, b1, b2) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await b.Enrol("CN=B1,O=Domain B,C=GB"), await b.Enrol("CN=B2,O=Domain B,C=GB"));
        await b.Cma.Administration.RevokeAsync(b1.Name, RevokeUserReason.KeyCompromise);
        await b.Cma.Administration.RevokeAsync(b2.Name, RevokeUserReason.KeyCompromise);
        await Pass(world, days, isMaintained, b);
        await b.Cma.Administration.RestoreAsync(b2.Name);
        await world.Deliver(); // which accepts all
        var refused = Assert.IsType<ReceiveCertificatesResult.Rejected>(await a1.AskReceive(world.Now, null, b1.Name));
        Assert.Equal(PKIFailureInfo.UserInRevokedUserList, refused.Failure);
        Assert.IsType<ReceiveCertificatesResult.Granted>(await a1.AskReceive(world.Now, null, b2.Name));
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(60, true)]
    [InlineData(60, false)]
    public async Task Cma_Gets_ItsKeys_AndWhoIsRevoked(int days, bool isMaintained)
    {
        using var world = await TestWorld.Create();
        var tlcma = world.AddTlcma();
        var (a, b) = (await world.Add("A", withKey: false), await world.Add("B", withKey: false));
        await tlcma.Register(a, b);
        await tlcma.Tlcma.Administration.AnnounceKeyAsync(a.Name, other: null, world.Now, world.Now.AddYears(2));
        await tlcma.Tlcma.Administration.AnnounceKeyAsync(a.Name, b.Name, world.Now, world.Now.AddYears(2));
        var (a1, b1) = (Pki.Names.DistinguishedName.Parse("CN=A1,O=Domain A,C=GB"), Pki.Names.DistinguishedName.Parse("CN=B1,O=Domain B,C=GB"));
        await tlcma.Tlcma.Administration.SetRevokedUsersAsync(a.Name, [(a1, RevokeUserReason.UserBlackListed)]);
        await tlcma.Tlcma.Administration.SetRevokedUsersAsync(b.Name, [(b1, RevokeUserReason.UserBlackListed)]);
        var next = await world.Certify(b.Name, b.Options.SigningKey, world.Now.AddDays(days + 10), world.Now.AddYears(3), "O=Domain B,C=GB");
        await tlcma.Tlcma.Administration.AddCmaCertificateAsync(next);
        world.Time.Advance(TimeSpan.FromDays(days));
        if (isMaintained) await tlcma.Tlcma.MaintainAsync();
        await world.Deliver();
        var keys = await a.Store.ListInteroperabilityKeysAsync();
        Assert.Equal([null, b.Name.Canonical], keys.Select(key => key.ExternalCma).Order(StringComparer.Ordinal));
        Assert.NotNull(await a.Store.FindRevokedUserAsync(a1.Canonical));
        Assert.NotNull(await a.Store.FindRevokedUserAsync(b1.Canonical));
        Assert.Contains(await a.Store.ListAuthoritiesAsync(), authority => authority.Encoded.Span.SequenceEqual(next.Encoded.Span));
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(60, true)]
    [InlineData(60, false)]
    public async Task User_Gets_KeysListsAndCertificates(int days, bool isMaintained)
    {
        using var world = await TestWorld.Create();
        var a = await world.Add("A", options => options with { CertificateRenewalTime = TimeSpan.FromDays(5) });
        var b = await world.Add("B");
        await TestWorld.Share(a, b, Now.AddDays(-1), Now.AddDays(400));
        var (a1, a2, b1) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await a.Enrol("CN=A2,O=Domain A,C=GB"), await b.Enrol("CN=B1,O=Domain B,C=GB"));
        await a1.AskSend(Now, Now.AddDays(days));
        await a1.Receive(b1, Now, Now.AddDays(days));
        var old = Assert.IsType<SendCertificateResult.Granted>(await a2.AskSend(Now, Now.AddDays(90))).Certificate;
        await a.Cma.Administration.SetCorrespondenceAsync(a1.Name, b.Name, isFrequent: true);
        await Pass(world, days - 3, isMaintained, a);
        await a.Cma.Administration.RevokeAsync(a2.Name, RevokeUserReason.KeyCompromise);
        await a.Cma.Administration.CreateLocalKeyAsync(world.Now, world.Now.AddDays(300));
        await a.Cma.MaintainAsync(); // whose certificates these days make follow the last
        await Pass(world, 8, isMaintained, a);
        var taken = await a1.Fetch(); // which refuses what is old or out of order
        var keys = (await a.Store.ListInteroperabilityKeysAsync()).Where(key => key.NotAfter > world.Now).Select(key => key.MyReference).ToArray();
        var seeds = taken.OfType<AgentAnnouncement.SeedKey>().Select(seed => Convert.ToHexStringLower(seed.Identifier.Span)).ToArray();
        Assert.All(keys, key => Assert.Contains(seeds, seed => seed.Contains(key, StringComparison.Ordinal)));
        var send = Assert.Single(taken.OfType<AgentAnnouncement.SendCertificate>());
        using var derived = await a1.Agent.DeriveKeyAsync(send.Certificate, Protocol.Derivation.DatedKeyUsage.Send);
        Assert.Equal(b1.Name, Assert.Single(Assert.Single(taken.OfType<AgentAnnouncement.ReceiveCertificates>()).Certificates).Subject);
        Assert.NotNull(a1.Agent.FindCrl(a.Options.Certificate)!.Find(old.SerialNumber));
        Assert.Empty(await a1.Fetch());
        Assert.Null(await a.Store.PeekAnnouncementAsync(a1.Name.Canonical));
    }

    // CKI Part 2 ¶115: his seed key was compromised, although the peer never hears of a time when he was revoked.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task IdentifiersOfOne_WhoWasRevokedAndRestoredMeanwhile_AreNotUsedAgain(bool byTlcma)
    {
        using var world = await TestWorld.Create();
        var top = world.AddTlcma();
        var (a, b) = (await world.Add("A"), await world.Add("B"));
        await top.Register(a, b);
        if (byTlcma) await top.Serve(a, await a.Cma.Requests.RequestDomainsAsync(withLocalKey: false, null, [new Protocol.Server.RequestedDomain(b.Name)]));
        else await TestWorld.Share(a, b, Now.AddDays(-1), Now.AddDays(100));
        await world.Deliver();
        var b1 = await b.Enrol("CN=B1,O=Domain B,C=GB");
        if (byTlcma)
        {
            await top.Tlcma.Administration.SetRevokedUsersAsync(b.Name, [(b1.Name, RevokeUserReason.KeyCompromise)]);
            world.Time.Advance(TimeSpan.FromDays(1));
            await top.Tlcma.Administration.SetRevokedUsersAsync(b.Name, []);
            world.Time.Advance(TimeSpan.FromDays(20));
            await top.Tlcma.MaintainAsync();
        }
        else
        {
            await b.Cma.Administration.RevokeAsync(b1.Name, RevokeUserReason.KeyCompromise);
            world.Time.Advance(TimeSpan.FromDays(1));
            await b.Cma.Administration.RestoreAsync(b1.Name);
            world.Time.Advance(TimeSpan.FromDays(20));
            await b.Cma.MaintainAsync();
        }

        await world.Deliver();
        var key = (await a.Store.ListInteroperabilityKeysAsync()).First(found => found.ExternalCma == b.Name.Canonical);
        Assert.Null(await a.Store.FindRevokedUserAsync(b1.Name.Canonical));
        Assert.Equal(1, await a.Store.GenerationAsync(key.MyReference, b1.Name.Canonical));
    }

    [Fact]
    public async Task Certificates_ThatWereRevokedMeanwhile_AreNotAnnouncedAnyMore()
    {
        using var world = await TestWorld.Create();
        var a = await world.Add("A", options => options with { CertificateRenewalTime = TimeSpan.FromDays(5) });
        var (a1, a2) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await a.Enrol("CN=A2,O=Domain A,C=GB"));
        await a1.Receive(a2, Now, Now.AddDays(4));
        await a.Cma.MaintainAsync();
        Assert.Contains(Bodies(await a.Store.ListAnnouncementsAsync(a1.Name.Canonical)), body => body is PKIBody.CkiRCann);
        await a.Cma.Administration.RevokeAsync(a2.Name, RevokeUserReason.KeyCompromise);
        world.Time.Advance(TimeSpan.FromDays(10));
        await a.Cma.MaintainAsync();
        Assert.DoesNotContain(Bodies(await a.Store.ListAnnouncementsAsync(a1.Name.Canonical)), body => body is PKIBody.CkiRCann);
    }

    [Fact]
    public async Task Outbox_OfOneWhoNeverComes_StaysSmall()
    {
        using var world = await TestWorld.Create();
        var a = await world.Add("A");
        var (a1, a2) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await a.Enrol("CN=A2,O=Domain A,C=GB"));
        for (var day = 0; day < 200; day++)
        {
            world.Time.Advance(TimeSpan.FromDays(1));
            await (day % 2 == 0 ? a.Cma.Administration.RevokeAsync(a2.Name, RevokeUserReason.Unspecified) : a.Cma.Administration.RestoreAsync(a2.Name));
            await a.Cma.MaintainAsync();
            Assert.InRange((await a.Store.ListAnnouncementsAsync(a1.Name.Canonical)).Count, 1, 30);
        }

        await a1.Fetch();
    }

    [Fact]
    public async Task OldMessages_AreRefused_ByAuthoritiesAndUsers()
    {
        using var world = await TestWorld.Create();
        var (a, b) = (await world.Add("A"), await world.Add("B"));
        await TestWorld.Share(a, b, Now.AddDays(-1), Now.AddDays(100));
        var (a1, b1) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await b.Enrol("CN=B1,O=Domain B,C=GB"));
        await a.Cma.Administration.CreateLocalKeyAsync(Now, Now.AddDays(400));
        await b.Cma.Administration.RevokeAsync(b1.Name, RevokeUserReason.KeyCompromise);
        var list = (await b.Store.PeekAnnouncementAsync(a.Name.Canonical))!.Message;
        var seed = (await a.Store.PeekAnnouncementAsync(a1.Name.Canonical))!.Message;
        world.Time.Advance(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(1));
        var refused = Assert.IsType<HandlingResult.Refused>(await a.Cma.HandleAsync(b.Deliver(list)));
        Assert.StartsWith("header.messageTime: ", refused.Text, StringComparison.Ordinal);
        var thrown = await Assert.ThrowsAsync<CkiProtocolException>(async () => await a1.Agent.AcceptAsync(a.Deliver(seed)));
        Assert.Equal(PKIFailureInfo.BadMessageCheck, thrown.Failure);
        Assert.Contains("too long ago", thrown.Message, StringComparison.Ordinal);
    }

    // A shares keys with B and C, who do not know each other: what A forwards of C must not hold up what it tells B.
    [Fact]
    public async Task ListsOfStrangers_HoldUpNothing()
    {
        using var world = await TestWorld.Create();
        var tlcma = world.AddTlcma();
        var (a, b, c) = (await world.Add("A"), await world.Add("B"), await world.Add("C"));
        await tlcma.Register(a, b); // C is known to A alone
        await TestWorld.Share(a, b, Now.AddDays(-1), Now.AddDays(100));
        await TestWorld.Share(a, c, Now.AddDays(-1), Now.AddDays(100));
        var (a1, c1) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await c.Enrol("CN=C1,O=Domain C,C=GB"));
        await c.Cma.Administration.RevokeAsync(c1.Name, RevokeUserReason.KeyCompromise);
        await world.Deliver();
        Assert.Contains(await a.Store.ListCrlsAsync(), crl => crl.Issuer.StartsWith($"{c.Name.Canonical} ", StringComparison.Ordinal));
        await a.Cma.Administration.RevokeAsync(a1.Name, RevokeUserReason.KeyCompromise);
        await world.Deliver();
        Assert.NotNull(await b.Store.FindRevokedUserAsync(a1.Name.Canonical));
        Assert.NotNull(await c.Store.FindRevokedUserAsync(a1.Name.Canonical)); // the list goes to all with whom A shares a key
        Assert.DoesNotContain(await b.Store.ListCrlsAsync(), crl => crl.Issuer.StartsWith($"{c.Name.Canonical} ", StringComparison.Ordinal));
    }

    private static IEnumerable<PKIBody> Bodies(IReadOnlyList<StoredAnnouncement> announcements) => announcements.Select(announcement => PKIMessage.Decode(announcement.Message).Body);

    private static async Task Pass(TestWorld world, int days, bool isMaintained, TestCma cma)
    {
        for (var day = 0; day < days; day++)
        {
            world.Time.Advance(TimeSpan.FromDays(1));
            if (isMaintained) await cma.Cma.MaintainAsync();
        }
    }
}
