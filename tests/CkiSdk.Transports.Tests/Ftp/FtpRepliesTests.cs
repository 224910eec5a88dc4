using System.Buffers;
using System.Text;
using CkiSdk.Transports.Ftp;

namespace CkiSdk.Transports.Tests.Ftp;

/// <summary>Reads replies of FTP servers as RFC 959 §4.2 writes them, and what hostile ones send.</summary>
public sealed class FtpRepliesTests
{
    [Theory]
    [InlineData("one line", "220 ready\r\n", 220, "ready")]
    [InlineData("a line without CR", "220 ready\n", 220, "ready")]
    [InlineData("a code alone", "200\r\n", 200, "")]
    [InlineData("many lines", "123-First line\r\nSecond line\r\n  234 A line beginning with numbers\r\n123 The last line\r\n", 123, "First line Second line   234 A line beginning with numbers The last line")]
    [InlineData("another code between", "211-Features\r\n211-x\r\n212 y\r\n211 End\r\n", 211, "Features x 212 y End")]
    [InlineData("what goes to no terminal", "550 \u001b[31mred\u0007\r\n", 550, "?[31mred?")]
    public void Reply_IsRead(string description, string text, int code, string expected)
    {
        var received = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text + "226 next"));
        Assert.Equal(FtpReplyStatus.Reply, FtpReplies.Read(ref received, out var reply));
        Assert.Equal((description, code, expected), (description, reply!.Code, reply.Text));
        Assert.Equal("226 next", Encoding.ASCII.GetString(received.ToArray()));
    }

    [Theory]
    [InlineData("another protocol", "SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("no digits", "2x0 a\r\n")]
    [InlineData("a code that is none", "620 a\r\n")]
    [InlineData("four digits", "2200 a\r\n")]
    [InlineData("an empty line", "\r\n")]
    [InlineData("TLS", "\u0016\u0003\u0001")]
    public void WhatIsNoReply_IsAViolation_AtOnce(string description, string text) => Assert.Equal((description, FtpReplyStatus.Violation), (description, Read(text)));

    [Fact]
    public void Replies_WithoutAnEnd_AreViolations()
    {
        Assert.Equal(FtpReplyStatus.Violation, Read("220 " + new string('a', FtpReplies.Limit)));
        Assert.Equal(FtpReplyStatus.Violation, Read("220-" + string.Concat(Enumerable.Repeat("a\r\n", FtpReplies.Limit))));
        Assert.Equal(FtpReplyStatus.NeedMore, Read("220-" + string.Concat(Enumerable.Repeat("a\r\n", 1000))));
    }

    [Theory]
    [InlineData("229 Entering Extended Passive Mode (|||6446|)", 6446)]
    [InlineData("229 ok (!!!1!)", 1)]
    [InlineData("229 a host that is named is not read (|1|10.1.2.3|6446|)", null)]
    [InlineData("229 (|||0|)", null)]
    [InlineData("229 (|||65536|)", null)]
    [InlineData("229 (|||-1|)", null)]
    [InlineData("229 )(", null)]
    [InlineData("229 ()", null)]
    [InlineData("200 (|||6446|)", null)]
    public void ExtendedPassivePort_IsRead(string text, int? expected) => Assert.Equal(expected, FtpReplies.ExtendedPassivePort(Reply(text)));

    [Theory]
    [InlineData("227 Entering Passive Mode (127,0,0,1,25,46)", (25 << 8) + 46)]
    [InlineData("227 Entering Passive Mode 10,1,2,3,0,21", 21)]
    [InlineData("227 (127,0,0,1,0,0)", null)]
    [InlineData("227 (127,0,0,1,256,1)", null)]
    [InlineData("227 (127,0,0,1,25)", null)]
    [InlineData("227 (127,0,0,1,25,46,7)", null)]
    [InlineData("227 ,,,,,", null)]
    [InlineData("227", null)]
    public void PassivePort_IsRead(string text, int? expected) => Assert.Equal(expected, FtpReplies.PassivePort(Reply(text)));

    [Theory]
    [InlineData("20261127T010203004-0011223344556677.claim-0123456789abcdef-12", "20261127T010203004-0011223344556677", 12)]
    [InlineData("a.claim-0123456789abcdef-0.claim-fedcba9876543210-3", "a.claim-0123456789abcdef-0", 3)]
    [InlineData("../x.claim-0123456789abcdef-1", null, 0)]
    [InlineData(".x.claim-0123456789abcdef-1", null, 0)]
    [InlineData("x.claim-0123456789abcde-1", null, 0)]
    [InlineData("x.claim-0123456789abcdef--1", null, 0)]
    [InlineData("x.claim-0123456789abcdef-9999999999", null, 0)]
    [InlineData("x.pki", null, 0)]
    public void NameOfAClaim_IsRead(string file, string? name, int beat)
    {
        var claim = FtpClaimName.Of(file);
        Assert.Equal(name, claim?.Name);
        if (claim is not null) Assert.Equal((beat, file), (claim.Beat, claim.ToString()));
    }

    private static FtpReply Reply(string text)
    {
        var received = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text + "\r\n"));
        Assert.Equal(FtpReplyStatus.Reply, FtpReplies.Read(ref received, out var reply));
        return reply!;
    }

    private static FtpReplyStatus Read(string text)
    {
        var received = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(text));
        return FtpReplies.Read(ref received, out _);
    }
}
