using System.Text;
using CkiSdk.Transports.Mail.Mime;
using FsCheck.Xunit;

namespace CkiSdk.Transports.Mail.Tests.Mime;

/// <summary>Shows what is read out of the octets of mails, and what is none of ours.</summary>
public sealed class MailFramingTests
{
    private const int Limit = 1 << 20;
    private static readonly DateTimeOffset Date = new(2026, 5, 17, 12, 0, 0, TimeSpan.Zero);

    [Property]
    public bool Mail_Returns_WhatWasWritten(byte[] cms, bool isAnswer)
    {
        var mail = MailFraming.Write((byte[])[1, .. cms], "a1@cki.test", "cma@cki.test", "k.1@cki.test", isAnswer ? "q.1@cki.test" : null, Date);
        return MailFraming.Read(mail, Limit) is ArrivedMail.Protected { Around: var around } read && read.Cms.Span.SequenceEqual((byte[])[1, .. cms])
            && around == new MailContent { MessageId = "k.1@cki.test", From = "a1@cki.test", InReplyTo = isAnswer ? "q.1@cki.test" : null };
    }

    [Property]
    public bool Entity_Returns_WhatWasWritten(byte[] octets, bool isAnswer, bool isWaiting)
    {
        var content = new MailContent
        {
            Octets = octets,
            MessageId = "k.1@cki.test",
            From = "a1@cki.test",
            InReplyTo = isAnswer ? "q.1@cki.test" : null,
            CheckBack = isWaiting ? DateTimeOffset.FromUnixTimeSeconds(1_900_000_000) : null,
        };
        return MailContentFraming.Read(MailContentFraming.Write(content), Limit) is { Octets: { } read } found && read.Span.SequenceEqual(octets) && found with { Octets = null } == content with { Octets = null };
    }

    [Fact]
    public void Entity_Carries_ARefusal_InTheWordsOfThePeer()
    {
        var content = new MailContent { Refusal = "no PKIMessage: ü\r\nline two", MessageId = "k.1@cki.test", From = "a1@cki.test", InReplyTo = "q.1@cki.test" };
        Assert.Equal(content, MailContentFraming.Read(MailContentFraming.Write(content), Limit));
        Assert.Null(MailContentFraming.Read(MailContentFraming.Write(content with { InReplyTo = null }), Limit));
    }

    [Fact]
    public void Mail_Is_SevenBit_WithShortLines()
    {
        var mail = MailFraming.Write(new byte[5000], "a1@cki.test", "cma@cki.test", "k.1@cki.test", "q.1@cki.test", Date);
        var text = Encoding.ASCII.GetString(mail);
        Assert.All(mail, octet => Assert.True(octet is 9 or 10 or 13 or (>= 32 and < 127)));
        Assert.All(text.Split("\r\n"), line => Assert.True(line.Length <= 78 && !line.Contains('\n', StringComparison.Ordinal), line));
        Assert.Contains("Content-Type: application/pkcs7-mime; smime-type=authEnveloped-data", text, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-replied", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/pkixcmp", true)]
    [InlineData("application/x-pkixcmp", true)]
    [InlineData("APPLICATION/PKIXCMP; name=\"m.pki\"", true)]
    [InlineData("application/pkix-cert", false)]
    [InlineData("text/plain", false)]
    public void PlainMessage_IsKnown_ByItsType(string type, bool isOurs)
    {
        var read = MailFraming.Read(Mail(type, "MAMCAQU="), Limit);
        if (isOurs) Assert.Equal([0x30, 0x03, 0x02, 0x01, 0x05], Assert.IsType<ArrivedMail.Plain>(read).Content.Octets!.Value.ToArray());
        else Assert.IsType<ArrivedMail.Foreign>(read);
    }

    [Theory]
    [InlineData("application/pkcs7-mime; smime-type=authEnveloped-data")]
    [InlineData("application/x-pkcs7-mime")]
    [InlineData("application/pkcs7-mime; smime-type=\"signed-data\"; name*0=sm; name*1=ime.p7m")]
    public void Smime_IsKnown_ByItsType(string type) => Assert.Equal([0x30, 0x80], Assert.IsType<ArrivedMail.Protected>(MailFraming.Read(Mail(type, "MIA="), Limit)).Cms.ToArray());

    [Fact]
    public void Foreign_Is_WhateverElseArrives()
    {
        var mixed = Mail("multipart/mixed; boundary=b", "--b\r\nContent-Type: application/pkixcmp\r\nContent-Transfer-Encoding: base64\r\n\r\nMAMCAQU=\r\n--b--\r\n");
        byte[][] mails =
        [
            [], "x"u8.ToArray(), "\r\n\r\n"u8.ToArray(), new byte[100], mixed, Mail("application/pkcs7-mime", ""), Mail("application/pkcs7-mime", "!!!!"), Mail("", "x"), Mail("application", "x"),
            Mail("application/pkixcmp; " + string.Join(';', Enumerable.Range(0, 20_000).Select(number => $"a{number}=b")), "MAMCAQU="),
            Mail("multipart/report; report-type=delivery-status; boundary=b", "--b\r\n\r\nno status\r\n--b--\r\n"),
            Mail("application/pkixcmp", Convert.ToBase64String(new byte[Limit + 1])),
        ];
        Assert.All(mails, mail => Assert.IsType<ArrivedMail.Foreign>(MailFraming.Read(mail, Limit)));
    }

    [Theory]
    [InlineData("failed", "message/rfc822", true)]
    [InlineData("failed", "text/rfc822-headers", true)]
    [InlineData("FAILED", "message/rfc822", true)]
    [InlineData("delayed", "message/rfc822", false)]
    [InlineData("delivered", "message/rfc822", false)]
    public void Bounce_Tells_WhichMailFailed_AndWhy(string action, string original, bool isBounce)
    {
        var read = MailFraming.Read(Bounces.Report("k.1@cki.test", action, original), Limit);
        if (isBounce) Assert.Equal(new ArrivedMail.Bounce("k.1@cki.test", "smtp; 550 no such user"), read);
        else Assert.IsType<ArrivedMail.Foreign>(read);
    }

    [Theory]
    [InlineData("a@b", true)]
    [InlineData("first.last+tag@mail.example.org", true)]
    [InlineData("a@b@c", false)]
    [InlineData("@b", false)]
    [InlineData("a@", false)]
    [InlineData("-oX@b", false)]
    [InlineData("a b@c", false)]
    [InlineData("a@b\r\nBcc: c@d", false)]
    [InlineData("\"a\"@b", false)]
    [InlineData("ü@b", false)]
    [InlineData(null, false)]
    public void Address_IsUsable_WhenEveryServerTakesIt(string? address, bool isUsable) => Assert.Equal(isUsable, MailAddress.IsUsable(address));

    internal static byte[] Mail(string type, string body) =>
        Encoding.ASCII.GetBytes($"From: x@cki.test\r\nMessage-ID: <m.1@cki.test>\r\nMIME-Version: 1.0\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: {(type.StartsWith("multipart", StringComparison.Ordinal) ? "7bit" : "base64")}\r\n\r\n{body}");
}
