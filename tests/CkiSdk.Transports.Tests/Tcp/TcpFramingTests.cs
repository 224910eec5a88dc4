using System.Buffers;
using CkiSdk.Asn1;
using CkiSdk.TestSupport;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Transports.Tests.Tcp;

public sealed class TcpFramingTests
{
    /// <summary>Each frame of RFC 2510 §5.2, written by hand.</summary>
    public static TheoryData<string, string, TcpFrame> Known => new()
    {
        { "pkiMsg of an empty SEQUENCE", "00000003 00 3000", new TcpFrame.PkiMsg([0x30, 0x00]) },
        { "pollRep", "00000009 01 00000102 6553F100", new TcpFrame.PollRep(0x102, 1_700_000_000) },
        { "pollReq", "00000005 02 FFFFFFFF", new TcpFrame.PollReq(uint.MaxValue) },
        { "pollReq for announcements", "00000005 02 00000000", new TcpFrame.PollReq(0) },
        { "negPollRep", "00000002 03 00", new TcpFrame.NegPollRep() },
        { "partialMsgRep", "0000000B 04 00000001 6553F100 3000", new TcpFrame.PartialMsgRep(1, 1_700_000_000, [0x30, 0x00]) },
        { "finalMsgRep", "00000003 05 3000", new TcpFrame.FinalMsgRep([0x30, 0x00]) },
        { "errorMsgRep", "00000004 06 C3A921", new TcpFrame.ErrorMsgRep("é!") },
        { "errorMsgRep without words", "00000001 06", new TcpFrame.ErrorMsgRep("") },
    };

    public static TheoryData<string, string> Incomplete => new()
    {
        { "nothing", "" },
        { "a part of the length", "000000" },
        { "the length alone", "00000003" },
        { "the header alone", "00000003 00" },
        { "one octet less than the length says", "00000003 05 30" },
        { "the greatest length that is accepted, flag only", "00000040 00" },
    };

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "length 0", "00000000", "length 0" },
        { "length 0 with a flag behind it", "00000000 00 3000", "length 0" },
        { "one octet above the limit, refused before its value arrives", "00000041", "at most 64" },
        { "the greatest length there is", "FFFFFFFF 00", "4294967295 octets" },
        { "a length that is negative when signed", "80000000 00", "2147483648 octets" },
        { "text in place of a frame: GET", "47455420 2F", "1195725856 octets" },
        { "a TLS record in place of a frame", "16030100 C8", "at most 64" },
        { "flag 07", "00000003 07 3000", "flag 07" },
        { "flag FF, refused before its value arrives", "00000003 FF", "flag FF" },
        { "pkiMsg without a message", "00000001 00", "no message" },
        { "finalMsgRep without a message", "00000001 05", "no message" },
        { "pollRep of 7 octets", "00000008 01 00000001 655390", "not 7" },
        { "pollRep of 9 octets, refused before its value arrives", "0000000A 01", "not 9" },
        { "pollReq without a reference", "00000001 02", "not 0" },
        { "pollReq of 3 octets", "00000004 02 000001", "not 3" },
        { "pollReq of 5 octets", "00000006 02 0000000100", "not 5" },
        { "negPollRep without its octet", "00000001 03", "not 0" },
        { "negPollRep of 2 octets", "00000003 03 0000", "not 2" },
        { "negPollRep with octet 01", "00000002 03 01", "not 01" },
        { "partialMsgRep without a message", "00000009 04 00000001 6553F100", "not 8" },
        { "errorMsgRep with a cut UTF-8 sequence", "00000002 06 C3", "not UTF-8" },
        { "errorMsgRep with an overlong UTF-8 sequence", "00000003 06 C080", "not UTF-8" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Read_Gives_TheFrame(string row, string hex, TcpFrame expected)
    {
        Assert.NotEmpty(row);
        var received = new ReadOnlySequence<byte>([.. Hex.Decode(hex), 0xAA]);
        Assert.Equal(TcpFrameStatus.Frame, TcpFraming.Read(ref received, 64, out var frame, out var violation));
        Assert.Equal(expected, frame);
        Assert.Null(violation);
        Assert.Equal([0xAA], received.ToArray());
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void Write_Gives_TheOctets(string row, string hex, TcpFrame frame)
    {
        Assert.NotEmpty(row);
        Assert.Equal(Hex.Decode(hex), Frames.Encode(frame));
    }

    [Theory]
    [MemberData(nameof(Incomplete))]
    public void Read_NeedsMore(string row, string hex)
    {
        Assert.NotEmpty(row);
        var received = new ReadOnlySequence<byte>(Hex.Decode(hex));
        Assert.Equal(TcpFrameStatus.NeedMore, TcpFraming.Read(ref received, 64, out var frame, out var violation));
        Assert.Null(frame);
        Assert.Null(violation);
        Assert.Equal(Hex.Decode(hex).Length, received.Length);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Read_Refuses(string row, string hex, string words)
    {
        Assert.NotEmpty(row);
        var received = new ReadOnlySequence<byte>(Hex.Decode(hex));
        Assert.Equal(TcpFrameStatus.Violation, TcpFraming.Read(ref received, 64, out var frame, out var violation));
        Assert.Null(frame);
        Assert.Contains(words, violation, StringComparison.Ordinal);
        Assert.Equal(Hex.Decode(hex).Length, received.Length);
    }

    [Fact]
    public void Read_Accepts_AFrameOfExactlyTheLimit()
    {
        var octets = Frames.Encode(new TcpFrame.PkiMsg(new byte[63]));
        var received = new ReadOnlySequence<byte>(octets);
        Assert.Equal(TcpFrameStatus.Frame, TcpFraming.Read(ref received, 64, out _, out _));

        received = new ReadOnlySequence<byte>(octets);
        Assert.Equal(TcpFrameStatus.Violation, TcpFraming.Read(ref received, 63, out _, out _));
    }

    [Fact]
    public void Read_Copies_TheMessage()
    {
        var octets = Hex.Decode("00000003 00 3000");
        var received = new ReadOnlySequence<byte>(octets);
        TcpFraming.Read(ref received, 64, out var frame, out _);
        Array.Clear(octets);
        Assert.Equal(new TcpFrame.PkiMsg([0x30, 0x00]), frame);
    }

    [Fact]
    public void Write_Rejects_AnEmptyMessage()
    {
        OctetString empty = default;
        foreach (var frame in new TcpFrame[] { new TcpFrame.PkiMsg(empty), new TcpFrame.FinalMsgRep(empty), new TcpFrame.PartialMsgRep(1, 1, empty) })
            Assert.Throws<ArgumentException>(() => Frames.Encode(frame));
    }
}
