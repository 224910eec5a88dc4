using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows that an authority that was away longer than messages are taken gets the present state, and nothing holds up what comes after.</summary>
public sealed class LongAbsenceTests
{
    private static readonly DateTimeOffset Now = TestDomain.Now;

    [Fact]
    public async Task Peer_Hears_OfARevocation_AfterAMonth()
    {
        using var world = await TestWorld.Create();
        var (a, b) = (await world.Add("A"), await world.Add("B"));
        await TestWorld.Share(a, b, Now.AddDays(-1), Now.AddDays(100));
        var (a1, b1) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await b.Enrol("CN=B1,O=Domain B,C=GB"));
        await b.Cma.Administration.RevokeAsync(b1.Name, RevokeUserReason.KeyCompromise);
        world.Time.Advance(TimeSpan.FromDays(30));
        await b.Cma.MaintainAsync();
        await b.Cma.MaintainAsync(); // changes nothing more
        await world.Deliver(); // which accepts all
        var refused = Assert.IsType<ReceiveCertificatesResult.Rejected>(await a1.AskReceive(world.Now, null, b1.Name));
        Assert.Equal(PKIFailureInfo.UserInRevokedUserList, refused.Failure);
    }

    [Fact]
    public async Task Cma_Gets_ItsKeys_AfterAMonth()
    {
        using var world = await TestWorld.Create();
        var tlcma = world.AddTlcma();
        var (a, b) = (await world.Add("A", withKey: false), await world.Add("B", withKey: false));
        await tlcma.Register(a, b);
        await tlcma.Tlcma.Administration.AnnounceKeyAsync(a.Name, other: null, world.Now, world.Now.AddYears(2));
        await tlcma.Tlcma.Administration.AnnounceKeyAsync(a.Name, b.Name, world.Now, world.Now.AddYears(2));
        world.Time.Advance(TimeSpan.FromDays(30));
        await tlcma.Tlcma.MaintainAsync();
        await world.Deliver();
        var keys = await a.Store.ListInteroperabilityKeysAsync();
        Assert.Equal([null, b.Name.Canonical], keys.Select(key => key.ExternalCma).Order(StringComparer.Ordinal));
    }
}
