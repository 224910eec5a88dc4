using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Tests;
using CkiSdk.Transports.InMemory;

namespace CkiSdk.Tests;

/// <summary>Goes the way of Annex C III through every floor: a user gets his seed key, asks for a send certificate and derives its key.</summary>
public sealed class JourneyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_Gets_SeedKeyCertificateAndPrivateKey()
    {
        using var domain = await TestDomain.Create();
        using var agent = domain.Agent();
        await using var transport = Join(domain);
        var client = new CkiClient(agent, transport, domain.Time);

        Assert.Equal(1, await client.FetchAnnouncementsAsync(Cancel)); // C.9
        Assert.Equal(0, await client.FetchAnnouncementsAsync(Cancel));
        var result = await client.RequestSendCertificateAsync(TestDomain.Now, TestDomain.Now.AddDays(30), cancellationToken: Cancel); // C.10, C.11

        var granted = Assert.IsType<SendCertificateResult.Granted>(result);
        using var key = granted.PrivateKey;
        Assert.False(granted.IsModified);
        Assert.Equal((TestDomain.Now, TestDomain.Now.AddDays(30)), (granted.Certificate.NotBefore, granted.Certificate.NotAfter));
        Assert.Empty(CertificateLint.Check(granted.Certificate));
        Assert.True(granted.Certificate.IsSignedBy(domain.Options.Certificate, TestDomain.Provider));
        Assert.True(DhPublicKeys.TryDecode(granted.Certificate.SubjectPublicKeyInfo, DhGroups.Named, out var group, out var certified));
        Assert.Equal(DhGroups.Ffdhe2048, group);
        Assert.Equal(certified, key.PublicValue.ToArray());
    }

    [Fact]
    public async Task Client_Gets_TheSameBody_FromACmaThatWasRestarted()
    {
        using var domain = await TestDomain.Create();
        using var agent = domain.Agent();
        var request = agent.RequestSendCertificate(TestDomain.Now);
        var before = await Exchange(domain, request.Octets);
        domain.Restart();
        var after = await Exchange(domain, request.Octets);
        Assert.Equal(before.Body, after.Body);
        Assert.NotEqual(before.Message.Header.SenderNonce, after.Message.Header.SenderNonce);
        Assert.True(after.MessageTime > before.MessageTime);
    }

    [Fact]
    public async Task Client_Gets_TheKey_ThoughTheAnnouncementComesTwice()
    {
        using var domain = await TestDomain.Create();
        using var agent = domain.Agent();
        await using (var cut = Join(domain))
        {
            var announcement = await cut.NextAnnouncementAsync(acknowledgesPrevious: false, Cancel);
            Assert.NotNull(announcement);
            await agent.AcceptSeedKeyAsync(announcement, Cancel);
        }

        await using var transport = Join(domain);
        Assert.Equal(1, await new CkiClient(agent, transport, domain.Time).FetchAnnouncementsAsync(Cancel));
        Assert.Null(await transport.NextAnnouncementAsync(acknowledgesPrevious: false, Cancel));
    }

    // To ask for the next announcement acknowledges the one before, whoever has got that.
    [Fact]
    public async Task Client_TakesEachAnnouncementOnce_ThoughSeveralCallersAsk()
    {
        using var domain = await TestDomain.Create();
        for (var count = 0; count < 5; count++)
        {
            await domain.Cma.Administration.RevokeAsync(TestDomain.A1, RevokeUserReason.Unspecified, Cancel);
            await domain.Cma.Administration.RestoreAsync(TestDomain.A1, Cancel);
        }

        var waiting = (await domain.Store.ListAnnouncementsAsync(TestDomain.A1.Canonical, Cancel)).Count;
        Assert.True(waiting > 4);
        using var agent = domain.Agent();
        await using var transport = Join(domain);
        var kept = 0;
        var client = new CkiClient(agent, transport, domain.Time) { Keep = Keep };
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => client.FetchAnnouncementsAsync(Cancel), Cancel)));
        Assert.Equal(waiting, taken.Sum());
        Assert.Equal(0, kept);
        Assert.Empty(await domain.Store.ListAnnouncementsAsync(TestDomain.A1.Canonical, Cancel));

        async ValueTask Keep(CancellationToken cancellationToken)
        {
            Assert.Equal(1, Interlocked.Increment(ref kept));
            await Task.Delay(5, cancellationToken);
            Interlocked.Decrement(ref kept);
        }
    }

    [Fact]
    public async Task Client_Hears_WhyItIsRefused()
    {
        using var domain = await TestDomain.Create();
        using var agent = domain.Agent();
        await domain.Cma.Administration.RevokeAsync(TestDomain.A1, RevokeUserReason.KeyCompromise, Cancel);
        await using var transport = Join(domain);
        var result = await new CkiClient(agent, transport, domain.Time).RequestSendCertificateAsync(TestDomain.Now, cancellationToken: Cancel);
        var rejected = Assert.IsType<SendCertificateResult.Rejected>(result);
        Assert.Equal(Asn1.Modules.CKIKeyManagementProtocol.PKIFailureInfo.UnauthorisedAccess, rejected.Failure);
        Assert.Contains("is revoked (CKI Part 2 ¶85 a)", rejected.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_Seals_ToARecipientOnce_AndNotToNobody()
    {
        using var domain = await TestDomain.Create();
        await domain.Cma.MaintainAsync(Cancel);
        using var agent = domain.Agent();
        await using var transport = Join(domain);
        var client = new CkiClient(agent, transport, domain.Time);
        await client.FetchAnnouncementsAsync(Cancel);
        using var message = new MemoryStream();
        var used = await client.SealAsync(new MemoryStream([1, 2, 3]), message, [TestDomain.A1, TestDomain.A1], cancellationToken: Cancel);
        Assert.Equal(TestDomain.A1, Assert.Single(used.ReceiveCertificates).Subject);
        Assert.NotEqual(0, message.Length);
        await Assert.ThrowsAsync<ArgumentException>(() => client.SealAsync(new MemoryStream([1]), message, [], cancellationToken: Cancel));
    }

    private static InMemoryTransport Join(TestDomain domain) =>
        new(new CkiServer(domain.Cma), TestUser.A1.Peer, new Peer(TestDomain.CmaName, domain.Options.Certificate));

    private static async Task<TestAnswer> Exchange(TestDomain domain, ReadOnlyMemory<byte> request)
    {
        await using var transport = Join(domain);
        var answer = await transport.ExchangeAsync(request, Cancel);
        Assert.NotNull(answer.Message);
        return TestAnswer.Read(new HandlingResult.Answer(answer.Message.Value));
    }
}
