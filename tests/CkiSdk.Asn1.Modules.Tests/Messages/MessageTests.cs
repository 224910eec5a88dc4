using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.DirectoryAbstractService;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.Messages;

/// <summary>Holds whole messages, made here from their fields, to octets that were worked out by hand.</summary>
public sealed class MessageTests
{
    private const string Header = """
        30 49                                            -- header
           02 01 14                                      -- pvno cki-version1 (20)
           A4 11 30 0F 31 0D 30 0B 06 03 55 04 03 0C 04 55 73 65 72    -- sender, directoryName CN=User
           A4 10 30 0E 31 0C 30 0A 06 03 55 04 03 0C 03 43 4D 41       -- recipient, directoryName CN=CMA
           A0 11 18 0F 32 30 32 36 30 31 30 32 30 33 30 34 30 35 5A    -- messageTime 20260102030405Z
           A4 04 04 02 AB CD                             -- transactionID
           A5 06 04 04 01 02 03 04                       -- senderNonce
        """;

    private const string UserName = "30 0F 31 0D 30 0B 06 03 55 04 03 0C 04 55 73 65 72";

    private static readonly Name.RdnSequence User = Name("User");
    private static readonly Name.RdnSequence Cma = Name("CMA");

    /// <summary>Gets the rows: what it is, the body made from its fields, the octets of the body.</summary>
    public static TheoryData<string, PKIBody, string> Messages => new()
    {
        {
            "request for a send certificate, both ends of the validity",
            new PKIBody.CkiSCrr(new CKISendCertReqContent { User = User, SuggestedValidityStart = Time(2026, 2), SuggestedValidityEnd = Time(2027, 2) }),
            $"""
            BF 26 35                                     -- body ckiSCrr [38]
               30 33
                  {UserName}                             -- user
                  18 0F 32 30 32 36 30 32 30 31 30 30 30 30 30 30 5A   -- suggestedValidityStart
                  18 0F 32 30 32 37 30 32 30 31 30 30 30 30 30 30 5A   -- suggestedValidityEnd
            """
        },
        {
            "refusal of a send certificate for two reasons",
            new PKIBody.CkiSCrp(new CKISendCertRepContent
            {
                Status = new PKIStatusInfo { Status = PKIStatus.Rejection, FailInfo = PKIFailureInfo.UnauthorisedAccess | PKIFailureInfo.UserInRevokedUserList },
            }),
            """
            BF 27 0D                                     -- body ckiSCrp [39]
               30 0B
                  30 09
                     02 01 02                            -- status rejection (2)
                     03 04 07 00 20 80                   -- failInfo, bits 10 and 16 of 17
            """
        },
        {
            "revoked users",
            new PKIBody.CkiRULann(new CKIRevokedUserListAnnContent
            {
                Domain = Cma,
                List = new RevokedUserList([new RevokedUserListItem { User = User, Reason = RevokeUserReason.UserBlackListed }]),
            }),
            $"""
            BF 2C 2A                                     -- body ckiRULann [44]
               30 28
                  30 0E 31 0C 30 0A 06 03 55 04 03 0C 03 43 4D 41      -- domain
                  30 16                                  -- list
                     30 14
                        {UserName}                       -- user
                        0A 01 02                         -- reason userBlackListed (2)
            """
        },
        {
            "bind with the simple credentials of a user",
            new PKIBody.CkiBindrr(new Credentials.Simple(new SimpleCredentials { Name = User.Value })),
            $"""
            BF 2D 17                                     -- body ckiBindrr [45]
               A0 15                                     -- simple [0]
                  30 13
                     A0 11 {UserName}                    -- name [0]
            """
        },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_HasTheOctets_WorkedOutByHand(string description, PKIBody body, string hex)
    {
        var content = Hex.Decode($"{Header}\n{hex}");
        var expected = Hex.Encode(content.Length > 127 ? [0x30, 0x81, (byte)content.Length, .. content] : [0x30, (byte)content.Length, .. content]);
        var message = new PKIMessage { Header = NewHeader(), Body = body };
        Assert.Equal(expected, Hex.Encode(message.Encode()));
        Assert.Equal(message, PKIMessage.Decode(Hex.Decode(expected)));
        Assert.NotEmpty(description);
    }

    [Theory]
    [InlineData("header ends inside the nonce", 1, 0x48, "PKIMessage.header.senderNonce")]
    [InlineData("pvno is an OCTET STRING", 2, 0x04, "PKIMessage.header.pvno")]
    [InlineData("sender has the unknown tag [31]", 5, 0xBF, "PKIMessage.header.sender")]
    [InlineData("name of the sender is a SET", 7, 0x31, "PKIMessage.header.sender.directoryName")]
    public void Decode_Rejects_BrokenHeader(string reason, int position, byte octet, string path)
    {
        var header = Hex.Decode(Header);
        header[position] = octet;
        var content = (byte[])[.. header, .. Hex.Decode("BF 2B 02 30 00")];
        var exception = Assert.Throws<DerException>(() => PKIMessage.Decode((byte[])[0x30, (byte)content.Length, .. content]));
        Assert.True(exception.Path.StartsWith(path, StringComparison.Ordinal), $"{reason}: {exception.Path}");
    }

    private static PKIHeader NewHeader() => new()
    {
        Pvno = PKIHeaderPvno.CkiVersion1,
        Sender = new GeneralName.DirectoryName(User),
        Recipient = new GeneralName.DirectoryName(Cma),
        MessageTime = GeneralizedTime.From(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
        TransactionID = (OctetString)(byte[])[0xAB, 0xCD],
        SenderNonce = (OctetString)(byte[])[1, 2, 3, 4],
    };

    private static GeneralizedTime Time(int year, int month) => GeneralizedTime.From(new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero));

    private static Name.RdnSequence Name(string commonName) => new(new RDNSequence([new RelativeDistinguishedName([Attribute(commonName)])]));

    private static AttributeTypeAndValue Attribute(string commonName)
    {
        var value = Der.Encode(new Utf8String(commonName), (ref DerWriter writer, Utf8String text) => writer.WriteUtf8String(Tag.Utf8String, text));
        return new AttributeTypeAndValue { Type = ObjectIdentifier.Parse("2.5.4.3"), Value = new AnyValue(value) };
    }
}
