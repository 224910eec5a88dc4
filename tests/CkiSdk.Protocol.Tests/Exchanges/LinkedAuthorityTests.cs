using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows that without a TLCMA each CMA certificate that follows the one before is known to peers, though the pinned one has ended long ago (CKI Part 2 B.8), and that another card ends that.</summary>
public sealed class LinkedAuthorityTests : IAsyncLifetime
{
    private const int Days = 100;
    private TestWorld _world = null!;
    private TestCma _a = null!;
    private TestCma _b = null!;
    private List<CmaSigner> _chain = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _a = await _world.Add("A", options => options with { Anchors = [] });
        _b = await _world.Add("B");
        var chain = new List<CmaSigner>();
        for (var i = 0; i < 4; i++) chain.Add(await FollowAsync(chain.LastOrDefault(), _world.Now.AddDays((i * Days) - 1)));
        _chain = chain;
        _b.Restart(options => options with { Certificate = chain[0].Certificate, SigningKey = chain[0].Key, Successors = [.. chain.Skip(1)] });
        await TestWorld.Share(_a, _b, _world.Now.AddDays(-1), _world.Now.AddDays(1000));
        await _a.Cma.Peers.PutAsync(_b.Name, PartyKinds.Cma, DomainRule.Of(chain[0].Certificate), _b.Party.Certificate, anchor: chain[0].Certificate);
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task EachThatFollows_IsKnown()
    {
        await PassAsync(2 * Days);
        Assert.False(_chain[0].Certificate.IsValidAt(_world.Now));
        Assert.Contains(await KnownAsync(), known => known.Equals(_chain[2].Certificate));
        await PassAsync(Days);
        Assert.Contains(await KnownAsync(), known => known.Equals(_chain[3].Certificate));
    }

    // Its operator has made the CMA anew: somebody else has the keys of before.
    [Fact]
    public async Task WhatLeadsToTheCardOfBefore_IsTakenNoMore()
    {
        await PassAsync(Days);
        var other = await FollowAsync(null, _world.Now.AddDays(-1));
        await _a.Cma.Peers.PutAsync(_b.Name, PartyKinds.Cma, DomainRule.Of(other.Certificate), _b.Party.Certificate, anchor: other.Certificate);
        await PassAsync(2 * Days);
        Assert.DoesNotContain(await KnownAsync(), known => known.Equals(_chain[3].Certificate));
    }

    private async Task PassAsync(int days)
    {
        for (var day = 0; day < days; day += 5)
        {
            _world.Time.Advance(TimeSpan.FromDays(5));
            await _b.Cma.MaintainAsync();
            for (ReadOnlyMemory<byte>? last = null; await _b.Cma.NextAnnouncementAsync(_a.Party.Peer, SecurityServices.All, last) is { } next; last = next)
            {
                await _a.Cma.HandleAsync(new DeliveredMessage(next, SecurityServices.All, _b.Party.Peer));
            }
        }
    }

    private async Task<IReadOnlyList<Certificate>> KnownAsync() =>
        [.. (await _a.Store.ListAuthoritiesAsync()).Where(known => known.Cma == _b.Name.Canonical).Select(known => Certificate.Decode(known.Encoded))];

    private async Task<CmaSigner> FollowAsync(CmaSigner? before, DateTimeOffset start)
    {
        var key = await TestWorld.Provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256);
        var template = CertificateProfiles.Cma(_b.Name, key.SubjectPublicKeyInfo, start, start.AddDays(Days + 30), DomainRule.Of(_b.Options.Certificate));
        var signer = before?.Key ?? key;
        return new CmaSigner(await CertificateSigner.SignAsync(template, before?.Certificate, signer, signer.Algorithms[0], SerialNumbers.Random(TestWorld.Provider.Random)), key, key.Algorithms[0]);
    }
}
