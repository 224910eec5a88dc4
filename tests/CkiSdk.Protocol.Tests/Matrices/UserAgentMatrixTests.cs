using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Matrices;

/// <summary>Sends every body from every party to a user agent, as an announcement and as the answer to each request.</summary>
/// <remarks>In the tables <c>+</c> goes on to the content, <c>.</c> is refused because of its sender, <c>-</c> is nothing that the agent takes there.</remarks>
public sealed class UserAgentMatrixTests : IAsyncLifetime
{
    private static readonly string[] Announcements = ["ckiESann", "ckiSCann", "ckiRCann", "crlann"];
    private static readonly Dictionary<string, string> Answers = new(StringComparer.Ordinal) { ["ckiSCrr"] = "ckiSCrp", ["ckiRCrr"] = "ckiRCrp", ["ckiESrr"] = "ckiESrp", ["krr"] = "krp" };
    private TestWorld _world = null!;
    private TestCma _a = null!;
    private TestAgent _a1 = null!;
    private Dictionary<string, Peer?> _senders = null!;

    public static TheoryData<string> Bodies => new(SampleBodies.Names);

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _a = await _world.Add("A");
        var b = await _world.Add("B");
        _a1 = await _a.Enrol("CN=A1,O=Domain A,C=GB");
        _senders = new Dictionary<string, Peer?>(StringComparer.Ordinal)
        {
            ["own CMA"] = _a.Party.Peer,
            ["other CMA"] = b.Party.Peer,
            ["TLCMA"] = _world.AddTlcma().Peer,
            ["user"] = _a1.User.Peer,
        };
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Announcements_AreTaken_FromTheOwnCmaAlone(string body)
    {
        foreach (var (name, sender) in _senders)
        {
            var expected = !Announcements.Contains(body) ? "-" : name == "own CMA" ? "+" : ".";
            var message = new MessageWriter(sender!.Name, TestWorld.Provider.Random).Begin(_a1.Name, SampleBodies.Of(body, _a.Options.Certificate, sender.Name), _world.Now);
            var verdict = await Verdict(async () => await _a1.Agent.AcceptAsync(new DeliveredMessage(message.Encode(), SecurityServices.All, sender)));
            Assert.True(expected == verdict, $"{body} from {name}: {verdict} instead of {expected}");
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Answers_AreTaken_ToTheirRequests_FromTheOwnCmaAlone(string body)
    {
        foreach (var (name, sender) in _senders)
        {
            foreach (var (asked, answer) in Answers)
            {
                _world.Time.Advance(TimeSpan.FromSeconds(1));
                var request = Request(asked);
                var header = PKIMessage.Decode(request.Octets).Header;
                var message = new MessageWriter(sender!.Name, TestWorld.Provider.Random).Answer(header, SampleBodies.Of(body, _a.Options.Certificate, sender.Name), _world.Now, recipient: _a1.Name);
                var verdict = await Verdict(() => Complete(request, new DeliveredMessage(message.Encode(), SecurityServices.All, sender)));
                var expected = !Answers.ContainsValue(body) ? "-" : name != "own CMA" ? "." : body == answer ? "+" : "-";
                Assert.True(expected == verdict, $"{body} from {name} to {asked}: {verdict} instead of {expected}");
            }
        }
    }

    private AgentRequest Request(string body) => body switch
    {
        "ckiSCrr" => _a1.Agent.RequestSendCertificate(_world.Now),
        "ckiRCrr" => _a1.Agent.RequestReceiveCertificates([_a1.Name], _world.Now),
        "ckiESrr" => _a1.Agent.RequestExternalSeedKey(_a.Options.Certificate),
        _ => _a1.Agent.RequestKeyRecovery([]),
    };

    private static async Task Complete(AgentRequest request, DeliveredMessage answer)
    {
        switch (request)
        {
            case SendCertificateRequest send: await send.CompleteAsync(answer); break;
            case ReceiveCertificatesRequest receive: receive.Complete(answer); break;
            case ExternalSeedKeyRequest seed: await seed.CompleteAsync(answer); break;
            case KeyRecoveryRequest recovery: await recovery.CompleteAsync(answer); break;
        }
    }

    private static async Task<string> Verdict(Func<Task> take)
    {
        try
        {
            await take();
            return "+";
        }
        catch (CkiProtocolException exception) when (exception.Message.StartsWith("body: ", StringComparison.Ordinal))
        {
            return "-";
        }
        catch (CkiProtocolException exception)
        {
            return exception.Message.StartsWith("message: the transport authenticated", StringComparison.Ordinal) ? "." : "+";
        }
    }
}
