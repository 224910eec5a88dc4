using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows that of CRLs and revoked user lists the newest alone waits for those who stay away, and that it is delivered until it was acknowledged.</summary>
public sealed class OutboxTopicTests : TwoDomains
{
    [Fact]
    public async Task TheNewestCrlAndList_Wait_ForOneWhoStaysAway()
    {
        var a2 = await A.Enrol("CN=A2,O=Domain A,C=GB");
        await A.Cma.Administration.RevokeAsync(a2.Name, RevokeUserReason.KeyCompromise); // he may fetch nothing, and must get all of it later
        for (var round = 0; round < 20; round++)
        {
            World.Time.Advance(TimeSpan.FromHours(1));
            await A.Cma.Administration.RevokeAsync(A1.Name, RevokeUserReason.Unspecified);
            await A.Cma.Administration.RestoreAsync(A1.Name);
        }

        Assert.Single(await Waiting(a2.Name.Canonical), body => body is PKIBody.Crlann);
        var toPeer = await Waiting(B.Name.Canonical);
        Assert.Single(toPeer, body => body is PKIBody.Crlann);
        Assert.Equal([2, 1], toPeer.OfType<PKIBody.CkiRULann>().Select(body => body.Value.List.Value.Count)); // the first with A1, so that his identifiers of then are not used again
        await World.Deliver();
        Assert.Equal(1, await B.Store.GenerationAsync((await B.Store.ListInteroperabilityKeysAsync()).Single(key => key.ExternalCma is not null).MyReference, A1.Name.Canonical));
        Assert.NotNull(await B.Store.FindRevokedUserAsync(a2.Name.Canonical));
        Assert.Null(await B.Store.FindRevokedUserAsync(A1.Name.Canonical));
    }

    [Fact]
    public async Task ACrlThatIsReplaced_WhileItIsOnItsWay_IsFollowedByTheNewest()
    {
        await A.Cma.Administration.RevokeAsync(B1.Name, RevokeUserReason.Unspecified); // not enrolled here
        await A.Cma.MaintainAsync();
        var first = (await A.Cma.NextAnnouncementAsync(A1.User.Peer, SecurityServices.All, acknowledged: null))!.Value;
        await A1.Agent.AcceptAsync(A.Deliver(first));
        World.Time.Advance(TimeSpan.FromDays(20)); // the CRL is due again
        await A.Cma.MaintainAsync();
        var next = await A.Cma.NextAnnouncementAsync(A1.User.Peer, SecurityServices.All, first);
        var taken = Assert.IsType<AgentAnnouncement.RevocationLists>(await A1.Agent.AcceptAsync(A.Deliver(next!.Value)));
        Assert.Equal((await A.Store.ListCrlsAsync()).Select(crl => crl.Number), taken.Lists.Select(list => list.Number!.Value.ToInt64()));

        // It is not acknowledged yet, and comes again.
        Assert.Equal(next.Value.ToArray(), (await A.Cma.NextAnnouncementAsync(A1.User.Peer, SecurityServices.All, acknowledged: null))!.Value.ToArray());
        Assert.Null(await A.Cma.NextAnnouncementAsync(A1.User.Peer, SecurityServices.All, next));
    }

    [Fact]
    public async Task CrlsOfDifferentAuthorities_StandBesideEachOther()
    {
        var a2 = await A.Enrol("CN=A2,O=Domain A,C=GB");
        await A.Cma.Administration.RevokeAsync(a2.Name, RevokeUserReason.Unspecified);
        await B.Cma.Administration.RevokeAsync(B1.Name, RevokeUserReason.Unspecified);
        await World.Deliver();
        var lists = (await Waiting(A1.Name.Canonical)).OfType<PKIBody.Crlann>().Select(body => body.Value.Value.Count).ToArray();
        Assert.Equal([1, 1], lists);
        Assert.Equal(2, (await A1.Fetch()).OfType<AgentAnnouncement.RevocationLists>().Sum(taken => taken.Lists.Count));
    }

    private async Task<IReadOnlyList<PKIBody>> Waiting(string recipient) =>
        [.. (await A.Store.ListAnnouncementsAsync(recipient)).Select(announcement => PKIMessage.Decode(announcement.Message).Body)];
}
