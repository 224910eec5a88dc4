using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Crypto;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Tests.Client;

/// <summary>Shows which announcements of seed keys a user takes (CKI Part 2 ¶69, ¶71, ¶76; profile sections 3 and 4).</summary>
public sealed class SeedKeyAnnouncementTests
{
    private static readonly GeneralName Someone = new GeneralName.DirectoryName(TestDomain.A2.Name);

    private static readonly Dictionary<string, Func<PKIMessage, PKIMessage>> Changes = new(StringComparer.Ordinal)
    {
        ["another sender"] = m => m with { Header = m.Header with { Sender = Someone } },
        ["another recipient"] = m => m with { Header = m.Header with { Recipient = Someone } },
        ["a recipNonce"] = m => m with { Header = m.Header with { RecipNonce = new byte[16] } },
        ["no transactionID"] = m => m with { Header = m.Header with { TransactionID = null } },
        ["no senderNonce"] = m => m with { Header = m.Header with { SenderNonce = null } },
        ["no time"] = m => m with { Header = m.Header with { MessageTime = null } },
        ["a time in the future"] = m => m with { Header = m.Header with { MessageTime = GeneralizedTime.From(TestDomain.Now.AddMinutes(6)) } },
        ["another body"] = m => m with { Body = new PKIBody.CkiTrr(new CKITlcmaReqContent { ReqLocalIK = true }) },
        ["another user around the key"] = m => Key(m, k => k with { User = TestDomain.A2.Name }),
        ["another CMA around the key"] = m => Key(m, k => k with { ExternalCMA = TestDomain.A2.Name }),
        ["another validity around the key"] = m => Key(m, k => k with { SeedKeyValidity = k.SeedKeyValidity with { NotAfter = k.SeedKeyValidity.NotBefore } }),
        ["a damaged envelope"] = m => Key(m, k => k with { SeedKey = Damaged(k.SeedKey) }),
        ["an envelope with unused bits"] = m => Key(m, k => k with { SeedKey = new BitString(Zeroed(k.SeedKey), 1) }),
        ["no envelope"] = m => Key(m, k => k with { SeedKey = new BitString(Array.Empty<byte>()) }),
    };

    [Theory]
    [InlineData("another sender", "header.sender")]
    [InlineData("another recipient", "header.recipient")]
    [InlineData("a recipNonce", "header.recipNonce")]
    [InlineData("no transactionID", "header.transactionID")]
    [InlineData("no senderNonce", "header.senderNonce")]
    [InlineData("no time", "header.messageTime")]
    [InlineData("a time in the future", "header.messageTime")]
    [InlineData("another body", "body")]
    [InlineData("another user around the key", "seedKey")]
    [InlineData("another CMA around the key", "seedKey")]
    [InlineData("another validity around the key", "seedKey")]
    [InlineData("a damaged envelope", "seedKey")]
    [InlineData("an envelope with unused bits", "seedKey")]
    [InlineData("no envelope", "seedKey")]
    public async Task AcceptAsync_Refuses_ManipulatedAnnouncements_AndTakesTheRealOneAfterwards(string change, string field)
    {
        using var domain = await TestDomain.Create();
        using var agent = domain.Agent();
        var real = await domain.Announcement();
        var changed = Changes[change](PKIMessage.Decode(real)).Encode();
        var exception = await Assert.ThrowsAsync<CkiProtocolException>(async () => await agent.AcceptSeedKeyAsync(domain.FromCma(changed)));
        Assert.StartsWith(field, exception.Message, StringComparison.Ordinal);
        Assert.Equal(ExpectedIdentifier(domain), (await agent.AcceptSeedKeyAsync(domain.FromCma(real))).ToArray());
    }

    [Theory]
    [InlineData(SecurityServices.None)]
    [InlineData(SecurityServices.OriginAuthentication | SecurityServices.Integrity)]
    [InlineData(SecurityServices.Confidentiality | SecurityServices.Integrity)]
    public async Task AcceptAsync_Refuses_TooFewServices(SecurityServices services)
    {
        using var domain = await TestDomain.Create();
        using var agent = domain.Agent();
        var delivered = domain.FromCma(await domain.Announcement(), services);
        var exception = await Assert.ThrowsAsync<CkiProtocolException>(async () => await agent.AcceptSeedKeyAsync(delivered));
        Assert.Contains("¶71", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcceptAsync_Refuses_AnotherPeerAndNobody()
    {
        using var domain = await TestDomain.Create();
        using var agent = domain.Agent();
        var octets = await domain.Announcement();
        foreach (var peer in new[] { TestUser.A2.Peer, null })
        {
            var delivered = new DeliveredMessage(octets, SecurityServices.All, peer);
            var exception = await Assert.ThrowsAsync<CkiProtocolException>(async () => await agent.AcceptSeedKeyAsync(delivered));
            Assert.StartsWith("message: ", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AcceptAsync_Takes_TheLastAgain_ButRefusesAnOlderOne()
    {
        using var domain = await TestDomain.Create();
        using var agent = domain.Agent();
        var first = await domain.Announcement();
        var identifier = await agent.AcceptSeedKeyAsync(domain.FromCma(first));
        Assert.Equal(identifier.ToArray(), (await agent.AcceptSeedKeyAsync(domain.FromCma(first))).ToArray());
        await domain.Enrol(TestUser.A1);
        await agent.AcceptSeedKeyAsync(domain.FromCma(await domain.Announcement(first)));
        var exception = await Assert.ThrowsAsync<CkiProtocolException>(async () => await agent.AcceptSeedKeyAsync(domain.FromCma(first)));
        Assert.Equal(PKIFailureInfo.BadMessageCheck, exception.Failure);
        Assert.StartsWith("header.messageTime", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcceptAsync_Takes_AnAnnouncementThatAnAnswerOvertook()
    {
        using var domain = await TestDomain.Create();
        using var agent = domain.Agent();
        var first = await domain.Announcement();
        await agent.AcceptSeedKeyAsync(domain.FromCma(first));
        await domain.Enrol(TestUser.A1);
        var request = agent.RequestSendCertificate(TestDomain.Now);
        var answer = TestAnswer.Read(await domain.Cma.HandleAsync(new DeliveredMessage(request.Octets, TestDomain.Signed, TestUser.A1.Peer)));
        var granted = await request.CompleteAsync(domain.FromCma(answer.Octets));
        Assert.IsType<Protocol.Client.SendCertificateResult.Granted>(granted).PrivateKey.Dispose();
        Assert.Equal(ExpectedIdentifier(domain), (await agent.AcceptSeedKeyAsync(domain.FromCma(await domain.Announcement(first)))).ToArray());
    }

    [Fact]
    public async Task AcceptAsync_Refuses_AnotherKeyUnderAKnownIdentifier()
    {
        using var domain = await TestDomain.Create();
        using var agent = domain.Agent();
        var identifier = await agent.AcceptSeedKeyAsync(domain.FromCma(await domain.Announcement()));
        using var other = new SeedKey(
            TestDomain.CmaName, TestDomain.A1, identifier, TestDomain.KeyStart, TestDomain.KeyEnd, Secret.Random(32, TestDomain.Provider.Random));
        var content = new CKIExtSeedKeyAnnContent
        {
            ExtSeedKeyInfo = await SeedKeyEnvelope.SealAsync(other, TestUser.A1.Certificate, TestDomain.Provider),
        };
        var message = new MessageWriter(TestDomain.CmaName, TestDomain.Provider.Random)
            .Begin(TestDomain.A1, new PKIBody.CkiESann(content), TestDomain.Now.AddSeconds(1));
        var exception = await Assert.ThrowsAsync<CkiProtocolException>(async () => await agent.AcceptSeedKeyAsync(domain.FromCma(message.Encode())));
        Assert.StartsWith("seedKey: another key", exception.Message, StringComparison.Ordinal);
    }

    private static byte[] ExpectedIdentifier(TestDomain domain) =>
        new SeedKeyIdentifier { IkReference = new IKReference(Convert.FromHexString(domain.Key!.MyReference)), Generation = 0 }.Encode();

    private static PKIMessage Key(PKIMessage message, Func<ExtSeedKeyInfo, ExtSeedKeyInfo> change)
    {
        var content = ((PKIBody.CkiESann)message.Body).Value;
        return message with { Body = new PKIBody.CkiESann(content with { ExtSeedKeyInfo = change(content.ExtSeedKeyInfo) }) };
    }

    private static BitString Damaged(BitString value)
    {
        var octets = value.Octets.ToArray();
        octets[^1] ^= 1;
        return new BitString(octets);
    }

    private static byte[] Zeroed(BitString value)
    {
        var octets = value.Octets.ToArray();
        octets[^1] &= 0xFE;
        return octets;
    }
}
