using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace CkiSdk.Protocol.Tests.Matrices;

/// <summary>Holds what every body must have had on its way, and in its header, to a table (profile sections 3 and 4): each of all combinations of services, in and out, is allowed or refused as it says.</summary>
public sealed class MessageRulesMatrixTests
{
    private const SecurityServices None = SecurityServices.None;
    private const SecurityServices Signed = SecurityServices.OriginAuthentication | SecurityServices.Integrity;
    private const SecurityServices All = SecurityServices.All;

    private static readonly DistinguishedName Me = DistinguishedName.Parse("CN=CMA A,O=Domain A,C=GB");
    private static readonly DistinguishedName Other = DistinguishedName.Parse("CN=CMA B,O=Domain B,C=GB");

    // What each must have had when it comes, what when it goes, and whether it must say when it was made. Of a request whose answer holds keys the way must be good for the answer.
    public static TheoryData<string, SecurityServices, SecurityServices, bool> Table => new()
    {
        { "ckiTrr", All, Signed, false },
        { "ckiTrp", All, All, true },
        { "ckiTann", All, All, true },
        { "ckiPrr", Signed, Signed, true },
        { "ckiPrp", Signed, Signed, true },
        { "ckiESrr", All, Signed, false },
        { "ckiESrp", All, All, true },
        { "ckiESann", All, All, true },
        { "ckiSCrr", Signed, None, false }, // as the CMA is configured
        { "ckiSCrp", None, None, true },
        { "ckiSCann", None, None, true },
        { "ckiRCrr", Signed, None, false },
        { "ckiRCrp", None, None, true },
        { "ckiRCann", None, None, true },
        { "crlann", None, None, true },
        { "ckiRULann", Signed, Signed, true },
        { "krr", All, Signed, false },
        { "krp", All, All, true },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Services_AreDemanded_AsTheTableSays(string body, SecurityServices toCome, SecurityServices toGo, bool hasTime)
    {
        var message = Message(body, withTime: hasTime);
        Assert.Equal("message", Check(message, new DeliveredMessage(message.Encode(), All, null))!.Field); // from nobody
        for (var services = None; services <= All; services++)
        {
            var refused = Check(message, Delivered(message, services));
            Assert.Equal((services & toCome) == toCome ? null : "message", refused?.Field);
            Assert.True(refused is null || refused.Failure == PKIFailureInfo.UnauthorisedAccess);
            Assert.Equal((services & toGo) == toGo, Bodies.MaySend(message.Body, services));
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Times_AreDemanded_AsTheTableSays(string body, SecurityServices toCome, SecurityServices toGo, bool hasTime)
    {
        Assert.True(toCome >= toGo);
        var message = Message(body, withTime: false);
        var refused = Check(message, Delivered(message, All));
        Assert.Equal(hasTime ? "header.messageTime" : null, refused?.Field);
        Assert.True(refused is null || refused.Failure == PKIFailureInfo.BadMessageCheck);
    }

    // The own message that comes back under the name of whoever sends it back, and one for somebody else.
    [Theory]
    [MemberData(nameof(Table))]
    public void WhatIsReflected_OrForOthers_IsRefused(string body, SecurityServices toCome, SecurityServices toGo, bool hasTime)
    {
        Assert.True(toCome >= toGo);
        var message = Message(body, withTime: hasTime);
        var reflected = message with { Header = message.Header with { Sender = message.Header.Recipient, Recipient = message.Header.Sender } };
        Assert.Equal("header.sender", Check(reflected, Delivered(reflected, All))!.Field);
        var forOthers = message with { Header = message.Header with { Recipient = message.Header.Sender } };
        Assert.Equal("header.recipient", Check(forOthers, Delivered(forOthers, All))!.Field);
    }

    [Fact]
    public void TheTable_HasEveryBody_ButThoseOfABind() =>
        Assert.Equal(Bodies.Rows.Keys.Select(type => char.ToLowerInvariant(type.Name[0]) + type.Name[1..]).Order(StringComparer.Ordinal), Table.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));

    private static DeliveredMessage Delivered(PKIMessage message, SecurityServices services) => new(message.Encode(), services, new Peer(Other, TestUser.A1.Certificate));

    private static Rejection? Check(PKIMessage message, DeliveredMessage delivered) =>
        new MessageRules(Me, new MessagePolicy(TimeSpan.FromMinutes(5), TimeSpan.FromDays(14), Signed), new FakeTimeProvider(TestDomain.Now)).Check(message, Bodies.Find(message.Body)!, delivered);

    // The body of a message that another implementation has made, under a header as the rules want it.
    private static PKIMessage Message(string body, bool withTime)
    {
        var made = PKIMessage.Decode(File.ReadAllBytes(Repository.PathOf($"tests/vectors/messages/{body}.der")));
        return new PKIMessage
        {
            Header = new PKIHeader
            {
                Pvno = MessageReader.Version,
                Sender = new GeneralName.DirectoryName(Other.Name),
                Recipient = new GeneralName.DirectoryName(Me.Name),
                MessageTime = withTime ? GeneralizedTime.From(TestDomain.Now) : null,
                SenderNonce = new byte[MessageWriter.NonceLength],
                TransactionID = new byte[MessageWriter.NonceLength],
            },
            Body = made.Body,
        };
    }
}
