using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Shows that two CMAs have the same keys whatever of an exchange is asked and answered at once, by two processes of either: an operator's command beside a running CMA (CKI Part 2 ¶52).</summary>
public sealed class ConcurrentPeerKeyTests
{
    private const int Rounds = 20;

    [Fact]
    public async Task Exchanges_AtOnce_OfTwoProcesses_LeadToTheSameKeys()
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var world = await TestWorld.Create();
            var (a, b) = (await world.Add("A"), await world.Add("B"));
            using var alsoA = new Cma(a.Options, a.Store, TestWorld.Provider, world.Time);
            using var alsoB = new Cma(b.Options, b.Store, TestWorld.Provider, world.Time);
            foreach (var (one, other) in new[] { (a, b), (b, a) })
            {
                await one.Cma.Peers.PutAsync(other.Name, PartyKinds.Cma, DomainRule.Of(other.Options.Certificate));
                await one.Cma.Administration.CreateDomainKeyAsync(TestDomain.Now.AddDays(-1), TestDomain.Now.AddDays(600));
            }

            var outcomes = await Task.WhenAll(
                Exchange(a, a.Cma, b, b.Cma), Exchange(a, alsoA, b, b.Cma), Exchange(b, b.Cma, a, a.Cma), Exchange(b, alsoB, a, alsoA));
            Assert.All(outcomes, outcome => Assert.Equal(PKIStatus.Granted, outcome.Status));
            Assert.All(outcomes, outcome => Assert.Empty(outcome.Text));
            Assert.Equal(await KeysOf(a, b), (await KeysOf(b, a)).Select(key => (key.Yours, key.Mine, key.Key)).Order());
        }
    }

    private static Task<RequestOutcome> Exchange(TestCma asker, Cma asking, TestCma answerer, Cma answering) => Task.Run(async () =>
    {
        var request = await asking.Requests.RequestPeerKeyAsync(answerer.Name);
        var answer = Assert.IsType<HandlingResult.Answer>(await answering.HandleAsync(new DeliveredMessage(request.Octets, SecurityServices.All, asker.Party.Peer)));
        return await asking.Requests.CompleteAsync(answerer.Deliver(answer.Message));
    });

    private static async Task<IReadOnlyList<(string Mine, string Yours, string Key)>> KeysOf(TestCma cma, TestCma other) =>
    [
        .. (await cma.Store.ListInteroperabilityKeysAsync()).Where(key => key.ExternalCma == other.Name.Canonical && !key.IsRetired).Select(key =>
        {
            using var octets = TestWorld.Provider.KeyWrap.Unwrap(cma.Options.StorageKey, key.WrappedKey.Span)!;
            return (key.MyReference, key.YourReference!, Convert.ToHexString(octets.Span));
        }).Order(),
    ];
}
