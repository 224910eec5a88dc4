using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Shows announcements that are acknowledged by number (profile section 7, HTTP).</summary>
public sealed class NumberedAnnouncementTests
{
    [Fact]
    public async Task AnnouncementAfter_Gives_TheOldest_UntilItsNumberIsAcknowledged()
    {
        using var domain = await TestDomain.Create();
        await domain.Cma.MaintainAsync(); // the CRL waits behind the seed key
        var first = await NextAsync(domain, 0);
        Assert.Equal(first, await NextAsync(domain, 0));
        domain.Restart();
        Assert.Equal(first, await NextAsync(domain, 0));

        var second = await NextAsync(domain, first!.Number);
        Assert.True(second!.Number > first.Number);
        Assert.Equal(second, await NextAsync(domain, first.Number)); // once more, as after an answer that was lost
        Assert.Equal(second, await NextAsync(domain, 0));
        Assert.Null(await NextAsync(domain, second.Number));
        Assert.Null(await NextAsync(domain, second.Number));
        Assert.Null(await NextAsync(domain, 0));
    }

    [Fact]
    public async Task AnnouncementAfter_Acknowledges_AllUpToTheNumber()
    {
        using var domain = await TestDomain.Create();
        await domain.Cma.MaintainAsync();
        var waiting = await domain.Store.ListAnnouncementsAsync(TestDomain.A1.Canonical);
        Assert.Equal(2, waiting.Count);
        Assert.Null(await NextAsync(domain, waiting[1].Number));
        Assert.Empty(await domain.Store.ListAnnouncementsAsync(TestDomain.A1.Canonical));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(1_000_000)]
    [InlineData(long.MaxValue)]
    public async Task AnnouncementAfter_Loses_Nothing_ForANumberThatNoneHas(long after)
    {
        using var domain = await TestDomain.Create();
        var first = await NextAsync(domain, 0);
        Assert.Equal(first, await NextAsync(domain, after));
    }

    [Theory]
    [InlineData(SecurityServices.None)]
    [InlineData(SecurityServices.OriginAuthentication | SecurityServices.Integrity)]
    public async Task AnnouncementAfter_KeepsBack_KeysFromOpenTransports(SecurityServices services)
    {
        using var domain = await TestDomain.Create();
        Assert.Null(await domain.Cma.AnnouncementAfterAsync(TestUser.A1.Peer, services, 0));
    }

    [Fact]
    public async Task AnnouncementAfter_KeepsBack_WhatIsOthers_AndAllFromTheRevoked()
    {
        using var domain = await TestDomain.Create();
        var first = await NextAsync(domain, 0);
        Assert.Null(await domain.Cma.AnnouncementAfterAsync(TestUser.A2.Peer, SecurityServices.All, first!.Number));
        Assert.Equal(first, await NextAsync(domain, 0)); // nobody else acknowledges it
        await domain.Cma.Administration.RevokeAsync(TestDomain.A1, RevokeUserReason.KeyCompromise);
        Assert.Null(await NextAsync(domain, 0));
    }

    private static async Task<WaitingAnnouncement?> NextAsync(TestDomain domain, long after) =>
        await domain.Cma.AnnouncementAfterAsync(TestUser.A1.Peer, SecurityServices.All, after);
}
