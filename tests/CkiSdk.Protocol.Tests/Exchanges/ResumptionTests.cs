using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Checks that a CMA whose store was set back obtains new interoperability keys before it issues, and that nothing it has given out since returns (profile section 1.2).</summary>
public sealed class ResumptionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private static readonly DistinguishedName B1Name = DistinguishedName.Parse("CN=B1,O=Domain B,C=GB");
    private TestWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await TestWorld.Create();

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Nothing_IsIssued_BeforeTheNextKeyOfTheDomain_WhichAllUsersGet()
    {
        var a = await _world.Add("A");
        var (a1, a2) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await a.Enrol("CN=A2,O=Domain A,C=GB"));
        var (before, held) = (await Send(a1), await a1.Receive(a2, Now));
        await Resume(a);

        Assert.Equal(PKIFailureInfo.InteroperabilityKeyUnavailable, Assert.IsType<SendCertificateResult.Rejected>(await a1.AskSend(Now)).Failure);
        var refused = Assert.IsType<ReceiveCertificatesResult.Rejected>(await a1.AskReceive(Now, null, a2.Name));
        Assert.Contains("are retired, and new ones are on their way", refused.Text, StringComparison.Ordinal);
        Assert.Empty((await a1.Fetch()).OfType<AgentAnnouncement.SeedKey>());

        // What was done since the backup is repeated before anybody is served: who is enrolled then gets his seed key with the others.
        var a3 = await a.Enrol("CN=A3,O=Domain A,C=GB");
        await a.Cma.MaintainAsync();
        foreach (var agent in new[] { a1, a2, a3 }) Assert.Single((await agent.Fetch()).OfType<AgentAnnouncement.SeedKey>());
        var keys = await a.Store.ListInteroperabilityKeysAsync();
        Assert.Equal([true, false], keys.Select(key => key.IsRetired));
        Assert.Equal(keys[0].NotAfter - keys[0].NotBefore, keys[1].NotAfter - keys[1].NotBefore);
        foreach (var certificate in new[] { await Send(a1), await a1.Receive(a2, Now) })
        {
            Assert.Equal(keys[1].MyReference, Identifier(certificate).IkReference.Value.ToHex());
        }

        // What was issued before still opens; no further key is made.
        (await a1.Agent.DeriveKeyAsync(before, DatedKeyUsage.Send)).Dispose();
        (await a2.Agent.DeriveKeyAsync(held, DatedKeyUsage.Receive)).Dispose();
        await a.Cma.MaintainAsync();
        Assert.Equal(2, (await a.Store.ListInteroperabilityKeysAsync()).Count);
    }

    [Fact]
    public async Task TheTlcma_MakesNewKeys_OfTheDomainAndOfPairs_AndTheOtherSideHears()
    {
        var (top, a, b) = await WithTlcma();
        var (a1, b1) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await b.Enrol("CN=B1,O=Domain B,C=GB"));
        var held = await a1.Receive(b1, Now);
        await Resume(a);
        Assert.IsType<ReceiveCertificatesResult.Rejected>(await a1.AskReceive(_world.Now, null, b1.Name));

        var outcome = await top.Serve(a, await a.Cma.Requests.RequestDomainsAsync(withLocalKey: true, null, [new RequestedDomain(b.Name)]));
        Assert.Equal(PKIStatus.Granted, outcome.Status);
        await _world.Deliver();
        var (mine, theirs) = (await With(a, b), await With(b, a));
        Assert.Equal([true, false], mine.Select(key => key.IsRetired)); // the first came along once more
        Assert.Equal(mine.Select(key => key.MyReference), theirs.Select(key => key.YourReference));
        await a1.Fetch();
        await b1.Fetch();
        Assert.NotEqual(Identifier(held).IkReference, Identifier(await Talk(a1, b1)).IkReference);
        Assert.Equal(mine[1].MyReference, Identifier(await Talk(b1, a1)).IkReference.Value.ToHex());

        // Not asked for, no third is made.
        await top.Serve(a, await a.Cma.Requests.RequestDomainsAsync(withLocalKey: false, null, [new RequestedDomain(b.Name)]));
        Assert.Equal(2, (await With(a, b)).Count);
    }

    [Fact]
    public async Task APeer_MakesAnotherKey_AndNoRequestOfBeforeIsRepeated()
    {
        var (a, b) = (await _world.Add("A"), await _world.Add("B"));
        foreach (var (cma, other) in new[] { (a, b), (b, a) })
        {
            await cma.Cma.Peers.PutAsync(other.Name, PartyKinds.Cma, DomainRule.Of(other.Options.Certificate), other.Party.Certificate);
            await cma.Cma.Administration.CreateDomainKeyAsync(Now.AddDays(-5), Now.AddDays(300));
        }

        await Exchange(b, a);
        var lost = await a.Cma.Requests.RequestPeerKeyAsync(b.Name);
        Assert.NotNull(Assert.Single(await With(a, b)).AskedAt);
        await Resume(a);
        Assert.Empty(await a.Store.ListPendingRequestsAsync());
        Assert.IsType<HandlingResult.Answer>(await b.Cma.HandleAsync(a.Deliver(lost.Octets)));

        await Exchange(a, b);
        var (mine, theirs) = (await With(a, b), await With(b, a));
        Assert.Equal([true, false], mine.Select(key => key.IsRetired));
        Assert.Equal(mine.Select(key => key.MyReference), theirs.Select(key => key.YourReference));
        await a.Cma.MaintainAsync();
        var (a1, b1) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await b.Enrol("CN=B1,O=Domain B,C=GB"));
        Assert.Equal(theirs[1].MyReference, Identifier(await Talk(a1, b1)).IkReference.Value.ToHex());
        Assert.Equal(mine[1].MyReference, Identifier(await Talk(b1, a1)).IkReference.Value.ToHex());
    }

    // The store was backed up before the TLCMA supplied the key: nobody here knows which generations were used under it.
    [Fact]
    public async Task Generations_OfAKeyThatIsForgotten_CountFromAboveAllThatWereUsed()
    {
        var (top, a, b) = await WithTlcma();
        var a1 = await a.Enrol("CN=A1,O=Domain A,C=GB");
        var b1 = await b.Enrol("CN=B1,O=Domain B,C=GB");
        for (var i = 0; i < 3; i++) await Revoke(b, B1Name);
        var used = Identifier(await a1.Receive(b1, _world.Now));
        Assert.Equal(6, used.Generation); // B says it, and so does the TLCMA

        var empty = TestStores.Open();
        await empty.CommitAsync(UnitOfWork.Of(new StoreChange.PutPeer((await a.Store.FindPeerAsync(top.Name.Canonical))!)));
        a.Restart(empty);
        await Resume(a);
        var at = _world.Now.ToUnixTimeSeconds();
        Assert.Equal(PKIStatus.Granted, (await top.Serve(a, await a.Cma.Requests.RequestDomainsAsync(withLocalKey: true, null, [new RequestedDomain(b.Name)]))).Status);
        Assert.Equal(2, (await With(a, b)).Count);
        await _world.Deliver();
        a1 = await a.Enrol("CN=A1,O=Domain A,C=GB");
        var next = await Talk(a1, b1);
        Assert.NotEqual(used.IkReference, Identifier(next).IkReference);

        // The key of before came along, and is retired: it serves not even those whose clock is behind, to whom it would be the one in effect.
        Assert.Equal([true, false], (await With(a, b)).Select(key => key.IsRetired));
        Assert.Equal(Identifier(next).IkReference, Identifier(await a1.Receive(b1, _world.Now.AddMinutes(-2))).IkReference);
        Assert.Equal(at, Identifier(next).Generation); // a key that begins later may have been forgotten, too

        // From there they are counted as ever, by those who issue.
        await Revoke(b, B1Name);
        await Revoke(a, a1.Name);
        await b1.Fetch();
        await a1.Fetch();
        Assert.Equal(at + 2, Identifier(await Talk(a1, b1)).Generation);
        Assert.Equal(at + 1, Identifier(await Send(a1)).Generation);
        Assert.Equal(2, Identifier(await Talk(b1, a1)).Generation);
    }

    [Fact]
    public async Task Crls_OfWhichTheStoreKnowsNone_CountFromAboveAllThatWereIssued()
    {
        var (top, a, b) = await WithTlcma();
        await Resume(a);
        await top.Store.ResumeAsync(top.Name, _world.Now, "in a test");
        await a.Cma.MaintainAsync();
        await top.Tlcma.Administration.RevokeCmaAsync(b.Name, CRLReason.KeyCompromise);
        foreach (var store in new[] { a.Store, top.Store })
        {
            Assert.Equal(_world.Now.ToUnixTimeSeconds() + 1, (await store.ListCrlsAsync())[0].Number);
        }
    }

    private async Task<(TestTlcma Top, TestCma A, TestCma B)> WithTlcma()
    {
        var top = _world.AddTlcma();
        var (a, b) = (await _world.Add("A", withKey: false), await _world.Add("B", withKey: false));
        await top.Register(a, b);
        await top.Serve(a, await a.Cma.Requests.RequestDomainsAsync(withLocalKey: true, null, [new RequestedDomain(b.Name)]));
        await top.Serve(b, await b.Cma.Requests.RequestDomainsAsync(withLocalKey: true, null, []));
        await _world.Deliver();
        return (top, a, b);
    }

    private async Task Resume(TestCma cma)
    {
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        await cma.Store.ResumeAsync(cma.Name, _world.Now, "in a test");
        cma.Restart();
    }

    private static async Task Exchange(TestCma one, TestCma other)
    {
        var request = await one.Cma.Requests.RequestPeerKeyAsync(other.Name);
        var answer = Assert.IsType<HandlingResult.Answer>(await other.Cma.HandleAsync(one.Deliver(request.Octets)));
        Assert.Equal(PKIStatus.Granted, (await one.Cma.Requests.CompleteAsync(other.Deliver(answer.Message))).Status);
    }

    private async Task Revoke(TestCma cma, DistinguishedName user)
    {
        _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        await cma.Cma.Administration.RevokeAsync(user, RevokeUserReason.Unspecified);
        await _world.Deliver();
        _world.Time.Advance(TimeSpan.FromMilliseconds(1));
        await cma.Cma.Administration.RestoreAsync(user);
        await _world.Deliver();
    }

    // The certificate of the recipient, whose key both sides derive.
    private async Task<Certificate> Talk(TestAgent from, TestAgent to)
    {
        var (send, receive) = (await Send(from), await from.Receive(to, _world.Now));
        if (!to.Agent.HasSeed(receive)) Assert.IsType<ExternalSeedKeyResult.Granted>(await to.AskSeed(receive));
        using var sendKey = await from.Agent.DeriveKeyAsync(send, DatedKeyUsage.Send);
        using var receiveKey = await to.Agent.DeriveKeyAsync(receive, DatedKeyUsage.Receive);
        using var one = await sendKey.AgreeAsync(receiveKey.PublicValue);
        using var other = await receiveKey.AgreeAsync(sendKey.PublicValue);
        Assert.True(one.FixedTimeEquals(other.Span));
        return receive;
    }

    private async Task<Certificate> Send(TestAgent agent)
    {
        var granted = Assert.IsType<SendCertificateResult.Granted>(await agent.AskSend(_world.Now));
        granted.PrivateKey.Dispose();
        return granted.Certificate;
    }

    private static async Task<IReadOnlyList<StoredInteroperabilityKey>> With(TestCma cma, TestCma other) =>
        [.. (await cma.Store.ListInteroperabilityKeysAsync()).Where(key => key.ExternalCma == other.Name.Canonical)];

    private static SeedKeyIdentifier Identifier(Certificate certificate) => SeedKeyIdentifier.Decode(certificate.SubjectKeyIdentifier!.Value.Memory);
}
