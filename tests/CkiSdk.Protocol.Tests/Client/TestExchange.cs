using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Client;

namespace CkiSdk.Protocol.Tests.Client;

/// <summary>An agent's request with the answer that the CMA gave.</summary>
internal sealed class TestExchange : IDisposable
{
    private TestExchange(TestDomain domain, UserAgent agent, SendCertificateRequest request, TestAnswer answer) =>
        (Domain, Agent, Request, Octets, Answer) = (domain, agent, request, answer.Octets, answer.Message);

    public TestDomain Domain { get; }

    public UserAgent Agent { get; }

    public SendCertificateRequest Request { get; }

    public ReadOnlyMemory<byte> Octets { get; }

    public PKIMessage Answer { get; }

    public static async Task<TestExchange> Create(DateTimeOffset? start = null, DateTimeOffset? end = null, bool withSeed = true)
    {
        var domain = await TestDomain.Create();
        var agent = domain.Agent();
        var request = agent.RequestSendCertificate(start ?? TestDomain.Now, end);
        var result = await domain.Cma.HandleAsync(new DeliveredMessage(request.Octets, TestDomain.Signed, TestUser.A1.Peer));
        var exchange = new TestExchange(domain, agent, request, TestAnswer.Read(result));
        if (withSeed) await exchange.TakeSeed();
        return exchange;
    }

    public async Task TakeSeed() => await Agent.AcceptSeedKeyAsync(Domain.FromCma(await Domain.Announcement()));

    public async Task<SendCertificateResult> Complete(ReadOnlyMemory<byte> octets) => await Request.CompleteAsync(Domain.FromCma(octets));

    public void Dispose()
    {
        Agent.Dispose();
        Domain.Dispose();
    }
}
