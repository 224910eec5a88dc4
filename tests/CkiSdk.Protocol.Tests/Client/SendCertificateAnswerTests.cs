using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Tests.Client;

/// <summary>Shows which answers to a request for a send certificate a user takes, and which he refuses (CKI Part 2 ¶82–87; profile sections 1.2, 2 and 4).</summary>
public sealed class SendCertificateAnswerTests
{
    private static readonly GeneralName Someone = new GeneralName.DirectoryName(TestDomain.A2.Name);

    private static readonly Dictionary<string, Func<PKIMessage, PKIMessage>> Changes = new(StringComparer.Ordinal)
    {
        ["another transaction"] = m => m with { Header = m.Header with { TransactionID = new byte[16] } },
        ["no transaction"] = m => m with { Header = m.Header with { TransactionID = null } },
        ["another nonce"] = m => m with { Header = m.Header with { RecipNonce = new byte[16] } },
        ["no nonce"] = m => m with { Header = m.Header with { RecipNonce = null } },
        ["no nonce of its own"] = m => m with { Header = m.Header with { SenderNonce = null } },
        ["another sender"] = m => m with { Header = m.Header with { Sender = Someone } },
        ["another recipient"] = m => m with { Header = m.Header with { Recipient = Someone } },
        ["no time"] = m => m with { Header = m.Header with { MessageTime = null } },
        ["a time in the future"] = m => m with { Header = m.Header with { MessageTime = GeneralizedTime.From(TestDomain.Now.AddMinutes(6)) } },
        ["a protection"] = m => m with { Protection = new PKIProtection(new BitString(new byte[] { 1 })) },
        ["another version"] = m => m with { Header = m.Header with { Pvno = PKIHeaderPvno.IetfVersion1 } },
        ["another body"] = m => m with { Body = new PKIBody.CkiTrr(new CKITlcmaReqContent { ReqLocalIK = true }) },
        ["no certificate"] = m => Content(m, c => c with { SendCertificate = null }),
        ["a rejection with a certificate"] = m => Content(m, c => c with { Status = new PKIStatusInfo { Status = PKIStatus.Rejection } }),
        ["an unknown status"] = m => Content(m, c => c with { Status = new PKIStatusInfo { Status = new PKIStatus(4) } }),
        ["a damaged signature"] = m => Certificate(m, c => c with { Encrypted = Damaged(c.Encrypted) }),
        ["another subject"] = m => Certificate(m, c => c with { ToBeSigned = c.ToBeSigned with { Subject = TestDomain.A2.Name } }),
        ["another serial number"] = m => Certificate(m, c => c with { ToBeSigned = c.ToBeSigned with { SerialNumber = new CertificateSerialNumber(1) } }),
    };

    [Theory]
    [InlineData("another transaction", "header.transactionID")]
    [InlineData("no transaction", "header.transactionID")]
    [InlineData("another nonce", "header.recipNonce")]
    [InlineData("no nonce", "header.recipNonce")]
    [InlineData("no nonce of its own", "header.senderNonce")]
    [InlineData("another sender", "header.sender")]
    [InlineData("another recipient", "header.recipient")]
    [InlineData("no time", "header.messageTime")]
    [InlineData("a time in the future", "header.messageTime")]
    [InlineData("a protection", "protection")]
    [InlineData("another version", "pvno")]
    [InlineData("another body", "body")]
    [InlineData("no certificate", "status")]
    [InlineData("a rejection with a certificate", "status")]
    [InlineData("an unknown status", "status")]
    [InlineData("a damaged signature", "certificate")]
    [InlineData("another subject", "certificate")]
    [InlineData("another serial number", "certificate")]
    public async Task CompleteAsync_Refuses_ManipulatedAnswers_AndTakesTheRealOneAfterwards(string change, string field)
    {
        using var exchange = await TestExchange.Create();
        var changed = Changes[change](exchange.Answer).Encode();
        var exception = await Assert.ThrowsAsync<CkiProtocolException>(async () => await exchange.Complete(changed));
        Assert.StartsWith(field, exception.Message, StringComparison.Ordinal);
        var granted = Assert.IsType<SendCertificateResult.Granted>(await exchange.Complete(exchange.Octets));
        granted.PrivateKey.Dispose();
    }

    [Fact]
    public async Task CompleteAsync_Derives_TheKeyOfTheCertificate()
    {
        using var exchange = await TestExchange.Create();
        var granted = Assert.IsType<SendCertificateResult.Granted>(await exchange.Complete(exchange.Octets));
        using var key = granted.PrivateKey;
        Assert.False(granted.IsModified);
        Assert.Equal(TestDomain.A1, granted.Certificate.Subject);
        Assert.True(Pki.Algorithms.DhPublicKeys.TryDecode(granted.Certificate.SubjectPublicKeyInfo, Crypto.DhGroups.Named, out _, out var certified));
        Assert.Equal(certified, key.PublicValue.ToArray());
    }

    [Fact]
    public async Task CompleteAsync_Tells_ThatTheValidityDiffers()
    {
        using var exchange = await TestExchange.Create(start: TestDomain.Now.AddDays(-1));
        var granted = Assert.IsType<SendCertificateResult.Granted>(await exchange.Complete(exchange.Octets));
        granted.PrivateKey.Dispose();
        Assert.True(granted.IsModified);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, 4000)]
    public async Task CompleteAsync_Refuses_GrantedWithAnotherValidity(int startDays, int? endDays)
    {
        using var exchange = await TestExchange.Create(
            start: TestDomain.Now.AddDays(startDays), end: endDays is { } days ? TestDomain.Now.AddDays(days) : null);
        var changed = Content(exchange.Answer, c => c with { Status = new PKIStatusInfo { Status = PKIStatus.Granted } }).Encode();
        var exception = await Assert.ThrowsAsync<CkiProtocolException>(async () => await exchange.Complete(changed));
        Assert.Contains("¶84", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteAsync_Refuses_TheSameAnswerAgain()
    {
        using var exchange = await TestExchange.Create();
        Assert.IsType<SendCertificateResult.Granted>(await exchange.Complete(exchange.Octets)).PrivateKey.Dispose();
        var exception = await Assert.ThrowsAsync<CkiProtocolException>(async () => await exchange.Complete(exchange.Octets));
        Assert.Equal(PKIFailureInfo.BadMessageCheck, exception.Failure);
        Assert.StartsWith("header.messageTime", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteAsync_Refuses_AnotherPeer()
    {
        using var exchange = await TestExchange.Create();
        var delivered = new DeliveredMessage(exchange.Octets, SecurityServices.All, TestUser.A2.Peer);
        var exception = await Assert.ThrowsAsync<CkiProtocolException>(async () => await exchange.Request.CompleteAsync(delivered));
        Assert.StartsWith("message: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteAsync_Refuses_WithoutSeedKey_AndTakesTheSameAnswerOnceItIsThere()
    {
        using var exchange = await TestExchange.Create(withSeed: false);
        var exception = await Assert.ThrowsAsync<CkiProtocolException>(async () => await exchange.Complete(exchange.Octets));
        Assert.StartsWith("subjectKeyIdentifier: ", exception.Message, StringComparison.Ordinal);
        await exchange.TakeSeed();
        Assert.IsType<SendCertificateResult.Granted>(await exchange.Complete(exchange.Octets)).PrivateKey.Dispose();
    }

    [Fact]
    public async Task CompleteAsync_Tells_RejectionAndText()
    {
        using var exchange = await TestExchange.Create(end: TestDomain.Now.AddDays(-1));
        var rejected = Assert.IsType<SendCertificateResult.Rejected>(await exchange.Complete(exchange.Octets));
        Assert.Equal(PKIFailureInfo.InvalidRequestParameters, rejected.Failure);
        Assert.Contains("¶85 b", rejected.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteAsync_Tells_Waiting()
    {
        using var exchange = await TestExchange.Create();
        var waiting = Content(exchange.Answer, _ => new CKISendCertRepContent { Status = new PKIStatusInfo { Status = PKIStatus.Waiting } });
        var octets = (waiting with { Header = waiting.Header with { FreeText = FreeText.From("tomorrow") } }).Encode();
        Assert.Equal("tomorrow", Assert.IsType<SendCertificateResult.Waiting>(await exchange.Complete(octets)).Text);
    }

    private static PKIMessage Content(PKIMessage message, Func<CKISendCertRepContent, CKISendCertRepContent> change) =>
        message with { Body = new PKIBody.CkiSCrp(change(((PKIBody.CkiSCrp)message.Body).Value)) };

    private static PKIMessage Certificate(PKIMessage message, Func<Certificate, Certificate> change) =>
        Content(message, content => content with { SendCertificate = change(content.SendCertificate!) });

    private static BitString Damaged(BitString signature)
    {
        var octets = signature.Octets.ToArray();
        octets[^1] ^= 1;
        return new BitString(octets);
    }
}
