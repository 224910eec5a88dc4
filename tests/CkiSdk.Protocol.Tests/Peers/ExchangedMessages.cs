using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.Binding;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Peers;

/// <summary>Runs every exchange once, and keeps what went over the wire: real messages of all bodies, with the certificates and CRLs in them.</summary>
internal sealed class ExchangedMessages
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private readonly List<byte[]> _messages = [];

    private ExchangedMessages()
    {
    }

    /// <summary>Gets the messages.</summary>
    public IReadOnlyList<byte[]> All => _messages;

    /// <summary>Gets the certificate that all others lead to.</summary>
    public Certificate Anchor { get; private set; } = null!;

    /// <summary>Gets the CMA certificates.</summary>
    public List<Certificate> Authorities { get; } = [];

    /// <summary>Gets the certificates that CMAs and the TLCMA have made.</summary>
    public List<Certificate> Certificates { get; } = [];

    /// <summary>Gets the CRLs.</summary>
    public List<RevocationList> Lists { get; } = [];

    public static async Task<ExchangedMessages> Make()
    {
        var made = new ExchangedMessages();
        await made.Exchange();
        await made.Bind();
        made.Collect();
        return made;
    }

    private async Task Exchange()
    {
        using var world = await TestWorld.Create();
        var top = world.AddTlcma(options => options with { SuppliesDomainKeys = true });
        var (a, b) = (await world.Add("A", options => options with { Recovery = new RecoveryOptions() }, withKey: false), await world.Add("B", withKey: false));
        Anchor = world.Anchor;
        Authorities.AddRange([a.Options.Certificate, b.Options.Certificate]);
        await top.Register(a, b);
        foreach (var (one, other) in new[] { (a, b), (b, a) })
        {
            await one.Cma.Peers.PutAsync(other.Name, PartyKinds.Cma, DomainRule.Of(other.Options.Certificate), other.Party.Certificate);
            var request = await one.Cma.Requests.RequestDomainsAsync(true, null, [new RequestedDomain(other.Name)]);
            var answer = await top.Answer(one, request);
            await one.Cma.Requests.CompleteAsync(top.Deliver(answer.Encode()));
            Keep(request.Octets, answer.Encode());
        }

        (IMessageHandler, Peer)[] parties = [(top.Tlcma, top.Peer), (a.Cma, a.Party.Peer), (b.Cma, b.Party.Peer)];
        await Carry(parties);
        foreach (var cma in new[] { a, b }) Certificates.AddRange((await cma.Store.ListDomainKeysAsync()).Select(key => Certificate.Decode(key.Certificate)));
        var exchange = await a.Cma.Requests.RequestPeerKeyAsync(b.Name);
        Keep(exchange.Octets, (await b.Ask(exchange.Octets, a.Party)).Encode());
        var (a1, b1) = (await a.Enrol("CN=A1,O=Domain A,C=GB"), await b.Enrol("CN=B1,O=Domain B,C=GB"));
        var send = await Ask<PKIBody.CkiSCrp>(a, a1, a1.Agent.RequestSendCertificate(Now, Now.AddDays(20)));
        var receive = await Ask<PKIBody.CkiRCrp>(a, a1, a1.Agent.RequestReceiveCertificates([b1.Name, a1.Name], Now, Now.AddDays(20)));
        var received = receive.Value.ReceiveCerts!.Value.Select(Certificate.From).ToArray();
        Assert.NotNull(send.Value.SendCertificate);
        await Ask<PKIBody.CkiESrp>(b, b1, b1.Agent.RequestExternalSeedKey(received[0]));
        await Recover(world, a, received[^1]);
        await b.Cma.Administration.RevokeAsync(b1.Name, RevokeUserReason.KeyCompromise);
        await Carry(parties);
        await a.Enrol("CN=A2,O=Domain A,C=GB");
        world.Time.Advance(TimeSpan.FromDays(10));
        await a.Cma.MaintainAsync();
        await a.Cma.Administration.CreateLocalKeyAsync(Now, Now.AddDays(400));
        await Announced(a.Cma, a1.User.Peer);
        foreach (var cma in new[] { a, b }) Lists.AddRange((await cma.Store.ListCrlsAsync()).Select(crl => RevocationList.Decode(crl.Encoded)));
    }

    private async Task Recover(TestWorld world, TestCma a, Certificate certificate)
    {
        var user = await TestUser.Create(Pki.Names.DistinguishedName.Parse("CN=Officer,C=GB"), end: Now.AddYears(5));
        await a.Cma.Peers.PutAsync(user.Name, PartyKinds.RecoveryRequester, encryption: user.Certificate);
        var options = new UserAgentOptions { User = user.Name, CmaCertificate = a.Options.Certificate, Encryption = user.Encryption };
        var request = new UserAgent(options, TestWorld.Provider, world.Time).RequestKeyRecovery([certificate]);
        var approvers = await a.AddApprovers("one", "two");
        Keep(request.Octets, Assert.IsType<HandlingResult.Waiting>(await a.Handle(request.Octets, user)).Message);
        foreach (var approver in approvers) await a.Cma.Recovery.ApproveAsync(Assert.Single(await a.Cma.Recovery.ListAsync()).Id, approver);
        Keep((await a.Ask(request.Octets, user)).Encode());
    }

    private async Task Bind()
    {
        using var parties = await BindParties.Create();
        var request = await new BindInitiator(parties.Options, BindParties.Channel, parties.World.Time).BeginAsync();
        Keep(request, Assert.IsType<BindOutcome.Bound>(await parties.Responder.AnswerAsync(request, BindParties.Channel)).Answer);
        Keep(Assert.IsType<BindOutcome.Rejected>(await parties.Responder.AnswerAsync(request, BindParties.Channel)).Answer);
    }

    private async Task<TBody> Ask<TBody>(TestCma cma, TestAgent agent, AgentRequest request)
        where TBody : PKIBody
    {
        var answer = await cma.Ask(request.Octets, agent.User);
        Keep(request.Octets, answer.Encode());
        return Assert.IsType<TBody>(answer.Body);
    }

    private async Task Announced(Cma party, Peer recipient)
    {
        ReadOnlyMemory<byte>? last = null;
        while (await party.NextAnnouncementAsync(recipient, SecurityServices.All, last) is { } next)
        {
            Keep(next);
            last = next;
        }
    }

    private async Task Carry((IMessageHandler Handler, Peer Peer)[] parties)
    {
        foreach (var (from, to) in from one in parties from other in parties where one != other select (one, other))
        {
            ReadOnlyMemory<byte>? last = null;
            while (await from.Handler.NextAnnouncementAsync(to.Peer, SecurityServices.All, last) is { } next)
            {
                Keep(next);
                Assert.IsType<HandlingResult.Accepted>(await to.Handler.HandleAsync(new DeliveredMessage(next, SecurityServices.All, from.Peer)));
                last = next;
            }
        }
    }

    // What CMAs and the TLCMA have made, wherever it stands in a body.
    private void Collect()
    {
        foreach (var body in _messages.Select(message => PKIMessage.Decode(message).Body))
        {
            Certificates.AddRange((body switch
            {
                PKIBody.CkiPrr { Value: var told } => [told.DomainCertificate],
                PKIBody.CkiPrp { Value.PeerExchangeInfo: { } told } => [told.DomainCertificate],
                PKIBody.CkiSCrp { Value.SendCertificate: { } send } => [send],
                PKIBody.CkiSCann { Value: var send } => [send],
                PKIBody.CkiRCrp { Value.ReceiveCerts: { } receive } => receive.ToArray(),
                PKIBody.CkiRCann { Value.Value: var receive } => receive.ToArray(),
                _ => [],
            }).Select(Certificate.From));
            if (body is PKIBody.Crlann { Value.Value: var lists }) Lists.AddRange(lists.Select(list => RevocationList.Decode(list.Encode())));
        }
    }

    private void Keep(params ReadOnlyMemory<byte>[] messages) => _messages.AddRange(messages.Select(message => message.ToArray()));
}
