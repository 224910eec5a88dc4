using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows that nothing is lost of what two processes on one store do at once, such as operators' commands beside each other and beside the running CMA.</summary>
public sealed class ConcurrentOperatorTests : IAsyncLifetime
{
    private const int Count = 12;
    private TestWorld _world = null!;
    private TestCma _a = null!;
    private Cma _other = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _a = await _world.Add("A");
        _other = new Cma(_a.Options, _a.Store, TestWorld.Provider, _world.Time);
    }

    public ValueTask DisposeAsync()
    {
        _other.Dispose();
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RevocationsAtOnce_AreAllKept()
    {
        for (var i = 0; i < Count; i++) await Enrol(_a.Cma, $"U{i}");
        for (var round = 0; round < 5; round++)
        {
            await AtOnce(i => Of(i).Administration.RevokeAsync(Named($"U{i}"), RevokeUserReason.KeyCompromise).AsTask());
            for (var i = 0; i < Count; i++) Assert.NotNull(await _a.Store.FindRevokedUserAsync(Named($"U{i}").Canonical));
            Assert.Equal(Count, (await _a.Store.FindRevokedListAsync(RevokedList.Own, RevokedList.Own))!.Users.Count);
            await AtOnce(i => Of(i / 2).Administration.RestoreAsync(Named($"U{i}")).AsTask());
            Assert.Empty((await _a.Store.FindRevokedListAsync(RevokedList.Own, RevokedList.Own))!.Users);
        }
    }

    // A CRL has its place in the outbox to itself: an older one that came later would take that of the newer.
    [Fact]
    public async Task WhoIsEnrolled_WhileOthersAreRevoked_HearsOfTheLatestCrl()
    {
        for (var i = 0; i < Count; i += 2)
        {
            var user = await _a.Enrol(Named($"U{i}").ToString());
            Assert.IsType<Protocol.Client.SendCertificateResult.Granted>(await user.AskSend(_world.Now)).PrivateKey.Dispose();
        }

        await AtOnce(async i => _ = i % 2 == 0 ? (object)await Of(i / 2).Administration.RevokeAsync(Named($"U{i}"), RevokeUserReason.KeyCompromise) : await Enrol(Of((i + 1) / 2), $"U{i}"));
        var last = Assert.Single(await _a.Store.ListCrlsAsync());
        for (var i = 1; i < Count; i += 2)
        {
            var bodies = (await _a.Store.ListAnnouncementsAsync(Named($"U{i}").Canonical)).Select(waiting => PKIMessage.Decode(waiting.Message).Body);
            var list = RevocationList.Decode(Assert.Single(bodies.OfType<PKIBody.Crlann>()).Value.Value.Single().Encode());
            Assert.Equal(last.Number, list.Number!.Value.ToInt64());
        }
    }

    private static Task AtOnce(Func<int, Task> work) => Task.WhenAll(Enumerable.Range(0, Count).Select(i => Task.Run(() => work(i))));

    private static DistinguishedName Named(string user) => DistinguishedName.Parse($"CN={user},O=Domain A,C=GB");

    private Cma Of(int number) => number % 2 == 0 ? _a.Cma : _other;

    private async Task<TestUser> Enrol(Cma cma, string name)
    {
        var user = await TestUser.Create(Named(name), end: TestDomain.Now.AddYears(20));
        await cma.Administration.EnrolAsync(user.Name, user.Certificate, _world.Now);
        return user;
    }
}
