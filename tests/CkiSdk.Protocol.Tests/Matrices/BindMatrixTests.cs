using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.Binding;

namespace CkiSdk.Protocol.Tests.Matrices;

/// <summary>Lets every kind of party bind a connection to a CMA, and what is bound ask as who it is.</summary>
public sealed class BindMatrixTests : IAsyncLifetime
{
    private BindParties _parties = null!;

    public async ValueTask InitializeAsync()
    {
        _parties = await BindParties.Create();
        var (world, cma) = (_parties.World, _parties.Cma);
        var (b, top) = (await world.Add("B"), world.AddTlcma());
        await cma.Cma.Peers.PutAsync(b.Name, PartyKinds.Cma, DomainRule.Of(b.Options.Certificate));
        await cma.Cma.Peers.PutAsync(top.Name, PartyKinds.Tlcma);
        await cma.Cma.Peers.PutAsync(DistinguishedName.Parse("CN=Officer,C=GB"), PartyKinds.RecoveryRequester);
        await cma.Cma.Administration.SetDelegateAsync(_parties.A1.Name, DistinguishedName.Parse("CN=Secretary,C=GB"), isAllowed: true);
        var revoked = await cma.Enrol("CN=A2,O=Domain A,C=GB");
        await cma.Cma.Administration.RevokeAsync(revoked.Name, RevokeUserReason.KeyCompromise);
    }

    public ValueTask DisposeAsync()
    {
        _parties.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("nobody", "CN=Nobody,C=GB", false)]
    [InlineData("an enrolled user", "CN=A1,O=Domain A,C=GB", true)]
    [InlineData("a revoked user", "CN=A2,O=Domain A,C=GB", false)]
    [InlineData("a user who is not enrolled", "CN=A3,O=Domain A,C=GB", false)]
    [InlineData("a user of another domain", "CN=B1,O=Domain B,C=GB", false)]
    [InlineData("a delegate", "CN=Secretary,C=GB", true)]
    [InlineData("a peer CMA", "CN=CMA B,O=Domain B,C=GB", true)]
    [InlineData("the TLCMA", "CN=TLCMA,C=GB", true)]
    [InlineData("who may ask for recovered keys", "CN=Officer,C=GB", true)]
    public async Task WhoMay_Bind(string party, string name, bool mayBind)
    {
        var options = _parties.Options with { Identity = await _parties.Identify(DistinguishedName.Parse(name)) };
        var outcome = await _parties.Responder.AnswerAsync(await new BindInitiator(options, BindParties.Channel, _parties.World.Time).BeginAsync(), BindParties.Channel);
        Assert.True(mayBind == outcome is BindOutcome.Bound, $"{party}: {outcome.GetType().Name}");
        if (outcome is BindOutcome.Rejected rejected)
            Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Assert.IsType<PKIBody.CkiBindrp>(PKIMessage.Decode(rejected.Answer).Body).Value.Status.FailInfo);
    }

    [Theory]
    [InlineData("a CMA that it serves", "CN=CMA A,O=Domain A,C=GB", true)]
    [InlineData("another CMA", "CN=CMA B,O=Domain B,C=GB", false)]
    [InlineData("a user of a domain that it serves", "CN=A1,O=Domain A,C=GB", false)]
    public async Task WhoMay_Bind_ToTheTlcma(string party, string name, bool mayBind)
    {
        var own = await _parties.Identify(DistinguishedName.Parse("CN=TLCMA,C=GB"));
        var top = _parties.World.AddTlcma(options => options with { Bind = own, AuthenticationAnchors = [_parties.Authority] });
        await top.Register(_parties.Cma);
        var options = _parties.Options with { Identity = await _parties.Identify(DistinguishedName.Parse(name)), Responder = top.Name };
        var initiator = new BindInitiator(options, BindParties.Channel, _parties.World.Time);
        var outcome = await top.Tlcma.Binds!.AnswerAsync(await initiator.BeginAsync(), BindParties.Channel);
        Assert.True(mayBind == outcome is BindOutcome.Bound, $"{party}: {outcome.GetType().Name}");
        if (outcome is BindOutcome.Bound bound) Assert.Equal((top.Name, _parties.Cma.Name), (initiator.Complete(bound.Answer).Peer.Name, bound.Connection.Peer.Name));
    }

    [Fact]
    public async Task WhoIsBound_AsksAsWhoHeIs()
    {
        var (client, server) = await _parties.Bind();
        await _parties.Cma.Cma.Administration.RevokeAsync(_parties.A1.Name, RevokeUserReason.KeyCompromise);
        var received = server.Receive(client.Send(_parties.A1.Agent.RequestSendCertificate(_parties.World.Now).Octets));
        var answer = Assert.IsType<HandlingResult.Answer>(await _parties.Cma.Cma.HandleAsync(new DeliveredMessage(received, server.Services, server.Peer)));
        Assert.Equal(PKIFailureInfo.UnauthorisedAccess, Assert.IsType<PKIBody.CkiSCrp>(PKIMessage.Decode(answer.Message).Body).Value.Status.FailInfo);
    }
}
