using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;

namespace CkiSdk.Protocol.Tests.World;

/// <summary>A user of a test world: his agent and his CMA.</summary>
internal sealed record TestAgent(TestCma Cma, TestUser User, UserAgent Agent)
{
    public DistinguishedName Name => User.Name;

    /// <summary>Takes all announcements that wait for him.</summary>
    public async Task<IReadOnlyList<AgentAnnouncement>> Fetch()
    {
        var taken = new List<AgentAnnouncement>();
        ReadOnlyMemory<byte>? last = null;
        while (await Cma.Cma.NextAnnouncementAsync(User.Peer, SecurityServices.All, last) is { } next)
        {
            taken.Add(await Agent.AcceptAsync(Cma.Deliver(next)));
            last = next;
        }

        return taken;
    }

    public async Task<SendCertificateResult> AskSend(DateTimeOffset start, DateTimeOffset? end = null)
    {
        var request = Agent.RequestSendCertificate(start, end);
        return await request.CompleteAsync(Cma.Deliver(await Answer(request)));
    }

    public async Task<ReceiveCertificatesResult> AskReceive(DateTimeOffset start, DateTimeOffset? end, params DistinguishedName[] recipients)
    {
        var request = Agent.RequestReceiveCertificates(recipients, start, end);
        return request.Complete(Cma.Deliver(await Answer(request)));
    }

    public async Task<ExternalSeedKeyResult> AskSeed(Certificate receiveCertificate)
    {
        var request = Agent.RequestExternalSeedKey(receiveCertificate);
        return await request.CompleteAsync(Cma.Deliver(await Answer(request)));
    }

    /// <summary>Asks for the receive certificate of one recipient, which must be granted.</summary>
    public async Task<Certificate> Receive(TestAgent recipient, DateTimeOffset start, DateTimeOffset? end = null) =>
        Assert.Single(Assert.IsType<ReceiveCertificatesResult.Granted>(await AskReceive(start, end, recipient.Name)).Certificates);

    /// <summary>Has a request answered; perhaps the answer is that he waits.</summary>
    public async Task<ReadOnlyMemory<byte>> Answer(AgentRequest request) => await Cma.Handle(request.Octets, User) switch
    {
        HandlingResult.Waiting waiting => waiting.Message,
        var result => Assert.IsType<HandlingResult.Answer>(result).Message,
    };
}
