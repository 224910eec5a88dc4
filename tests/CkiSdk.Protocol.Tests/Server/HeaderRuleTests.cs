using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Shows what the CMA demands of a request's header (profile section 4), each with its failure bit (CKI Part 2 ¶23).</summary>
public sealed class HeaderRuleTests
{
    private const int BadMessageCheck = 1;
    private const int UnauthorisedAccess = 10;
    private const int InvalidRequestParameters = 11;

    private static readonly GeneralName Someone = new GeneralName.DirectoryName(TestDomain.A2.Name);
    private static readonly GeneralName Mail = new GeneralName.Rfc822Name("a1@example.org");
    private static readonly AlgorithmIdentifier Algorithm = new() { Algorithm = ObjectIdentifier.Parse("1.2.3") };

    private static readonly Dictionary<string, Func<PKIMessage, PKIMessage>> Changes = new(StringComparer.Ordinal)
    {
        ["the sender is another user"] = m => m with { Header = m.Header with { Sender = Someone } },
        ["the sender is a mail address"] = m => m with { Header = m.Header with { Sender = Mail } },
        ["the recipient is another party"] = m => m with { Header = m.Header with { Recipient = Someone } },
        ["the recipient is a mail address"] = m => m with { Header = m.Header with { Recipient = Mail } },
        ["there is a protection"] = m => m with { Protection = new PKIProtection(new BitString(new byte[] { 1, 2 })) },
        ["there is a protectionAlg"] = m => m with { Header = m.Header with { ProtectionAlg = Algorithm } },
        ["there is no transactionID"] = m => m with { Header = m.Header with { TransactionID = null } },
        ["the transactionID has 15 octets"] = m => m with { Header = m.Header with { TransactionID = new byte[15] } },
        ["the transactionID has 17 octets"] = m => m with { Header = m.Header with { TransactionID = new byte[17] } },
        ["there is no senderNonce"] = m => m with { Header = m.Header with { SenderNonce = null } },
        ["the senderNonce is empty"] = m => m with { Header = m.Header with { SenderNonce = Array.Empty<byte>() } },
        ["the senderNonce has a million octets"] = m => m with { Header = m.Header with { SenderNonce = new byte[1_000_000] } },
        ["there is a recipNonce"] = m => m with { Header = m.Header with { RecipNonce = new byte[16] } },
        ["the messageTime lies in the future"] = m => m with { Header = m.Header with { MessageTime = GeneralizedTime.From(TestDomain.Now.AddMinutes(5).AddSeconds(1)) } },
        ["the messageTime is the last there is"] = m => m with { Header = m.Header with { MessageTime = GeneralizedTime.From(DateTimeOffset.MaxValue, 7) } },
        ["the messageTime is the first there is"] = m => m with { Header = m.Header with { MessageTime = GeneralizedTime.From(DateTimeOffset.MinValue) } },
        ["the messageTime is out of the replay window"] = m => m with { Header = m.Header with { MessageTime = GeneralizedTime.From(TestDomain.Now.AddDays(-14).AddSeconds(-1)) } },
        ["the messageTime is as late as clocks may differ"] = m => m with { Header = m.Header with { MessageTime = GeneralizedTime.From(TestDomain.Now.AddMinutes(5)) } },
        ["the messageTime is as old as the replay window"] = m => m with { Header = m.Header with { MessageTime = GeneralizedTime.From(TestDomain.Now.AddDays(-14)) } },
        ["there is no messageTime"] = m => m with { Header = m.Header with { MessageTime = null } },
        ["there is a freeText"] = m => m with { Header = m.Header with { FreeText = Protocol.Messages.FreeText.From("please") } },
    };

    [Theory]
    [InlineData("the sender is another user", UnauthorisedAccess, "header.sender")]
    [InlineData("the sender is a mail address", UnauthorisedAccess, "header.sender")]
    [InlineData("the recipient is another party", InvalidRequestParameters, "header.recipient")]
    [InlineData("the recipient is a mail address", InvalidRequestParameters, "header.recipient")]
    [InlineData("there is a protection", BadMessageCheck, "protection")]
    [InlineData("there is a protectionAlg", BadMessageCheck, "protection")]
    [InlineData("there is no transactionID", InvalidRequestParameters, "header.transactionID")]
    [InlineData("the transactionID has 15 octets", InvalidRequestParameters, "header.transactionID")]
    [InlineData("the transactionID has 17 octets", InvalidRequestParameters, "header.transactionID")]
    [InlineData("there is no senderNonce", InvalidRequestParameters, "header.senderNonce")]
    [InlineData("the senderNonce is empty", InvalidRequestParameters, "header.senderNonce")]
    [InlineData("the senderNonce has a million octets", InvalidRequestParameters, "header.senderNonce")]
    [InlineData("there is a recipNonce", BadMessageCheck, "header.recipNonce")]
    [InlineData("the messageTime lies in the future", BadMessageCheck, "header.messageTime")]
    [InlineData("the messageTime is the last there is", BadMessageCheck, "header.messageTime")]
    [InlineData("the messageTime is the first there is", BadMessageCheck, "header.messageTime")]
    [InlineData("the messageTime is out of the replay window", BadMessageCheck, "header.messageTime")]
    public async Task HandleAsync_Refuses_Headers(string change, int bit, string field)
    {
        using var domain = await TestDomain.Create();
        var answer = await domain.Ask(Changes[change](domain.Request()));
        answer.IsRefused(BitString.FromNamedBits(bit), field, "profile section 4");
        Assert.True(answer.Octets.Length < 2000, "an answer does not grow with its request");
    }

    [Theory]
    [InlineData("the messageTime is as late as clocks may differ")]
    [InlineData("the messageTime is as old as the replay window")]
    [InlineData("there is no messageTime")]
    [InlineData("there is a freeText")]
    public async Task HandleAsync_Accepts_Headers(string change)
    {
        using var domain = await TestDomain.Create();
        Assert.Equal(PKIStatus.Granted, (await domain.Ask(Changes[change](domain.Request()))).Status);
    }

    [Fact]
    public async Task HandleAsync_Answers_WithTheHeaderOfTheProfile()
    {
        using var domain = await TestDomain.Create();
        var request = domain.Request();
        var (first, second) = ((await domain.Ask(request)).Message.Header, (await domain.Ask(request)).Message.Header);
        Assert.Equal(PKIHeaderPvno.CkiVersion1, first.Pvno);
        Assert.Equal(new GeneralName.DirectoryName(TestDomain.CmaName.Name), first.Sender);
        Assert.Equal(new GeneralName.DirectoryName(TestDomain.A1.Name), first.Recipient);
        Assert.Equal(request.Header.TransactionID, first.TransactionID);
        Assert.Equal(request.Header.SenderNonce, first.RecipNonce);
        Assert.Equal(16, first.SenderNonce?.Length);
        Assert.NotEqual(first.SenderNonce, second.SenderNonce);
        Assert.Null(first.ProtectionAlg);
    }

    [Fact]
    public async Task HandleAsync_Answers_TheAuthenticatedPeer_WhoeverIsNamed()
    {
        using var domain = await TestDomain.Create();
        var answer = await domain.Ask(Changes["the sender is another user"](domain.Request()));
        Assert.Equal(new GeneralName.DirectoryName(TestDomain.A1.Name), answer.Message.Header.Recipient);
    }
}
