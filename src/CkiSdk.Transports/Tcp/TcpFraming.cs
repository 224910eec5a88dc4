using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CkiSdk.Transports.Tcp;

/// <summary>Reads and writes the frames of the TCP transport, without I/O (RFC 2510 §5.2; CKI profile section 7).</summary>
/// <remarks>
/// A frame is a length (32 bits, big-endian: the octets that follow it), a flag octet and a value. A length or a flag that cannot be
/// right is refused as soon as it is there, before the value arrives.
/// </remarks>
public static class TcpFraming
{
    /// <summary>The port that the registry names for this protocol.</summary>
    public const int DefaultPort = 829;

    /// <summary>The default limit of a frame's length field, in octets.</summary>
    public const int DefaultLimit = 1024 * 1024;

    private const int LengthSize = 4;
    private const int HeaderSize = LengthSize + 1;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads one frame from the beginning of what was received.</summary>
    /// <param name="received">What was received; without the frame's octets afterwards if there was a whole frame, otherwise unchanged.</param>
    /// <param name="limit">The greatest length accepted, in octets, the flag included.</param>
    /// <param name="frame">The frame, which holds its own copy of the octets; null if there is none.</param>
    /// <param name="violation">What is wrong, in words that may be sent to the peer; null if nothing is.</param>
    public static TcpFrameStatus Read(ref ReadOnlySequence<byte> received, int limit, out TcpFrame? frame, out string? violation)
    {
        frame = null;
        violation = null;
        if (received.Length < LengthSize) return TcpFrameStatus.NeedMore;

        Span<byte> header = stackalloc byte[HeaderSize];
        var present = (int)Math.Min(received.Length, HeaderSize);
        received.Slice(0, present).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        violation = CheckLength(length, limit);
        if (violation is null && present == HeaderSize) violation = CheckValueSize(header[LengthSize], length - 1);
        if (violation is not null) return TcpFrameStatus.Violation;
        if (received.Length - LengthSize < length) return TcpFrameStatus.NeedMore;

        var value = received.Slice(HeaderSize, length - 1).ToArray();
        frame = ReadValue((TcpFrameFlag)header[LengthSize], value, ref violation);
        if (frame is null) return TcpFrameStatus.Violation;
        received = received.Slice(LengthSize + (long)length);
        return TcpFrameStatus.Frame;
    }

    /// <summary>Writes one frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="destination">Where it goes.</param>
    /// <exception cref="ArgumentException">The frame carries an empty message.</exception>
    public static void Write(TcpFrame frame, IBufferWriter<byte> destination)
    {
        ReadOnlySpan<byte> content = default;
        Span<byte> fixedPart = stackalloc byte[8];
        var fixedSize = 0;
        switch (frame)
        {
            case TcpFrame.PkiMsg message:
                content = NotEmpty(message.Message.Span);
                break;
            case TcpFrame.FinalMsgRep message:
                content = NotEmpty(message.Message.Span);
                break;
            case TcpFrame.PartialMsgRep message:
                content = NotEmpty(message.Message.Span);
                fixedSize = WritePair(fixedPart, message.Reference, message.CheckBack);
                break;
            case TcpFrame.PollRep poll:
                fixedSize = WritePair(fixedPart, poll.Reference, poll.CheckBack);
                break;
            case TcpFrame.PollReq poll:
                fixedSize = WritePair(fixedPart, poll.Reference, 0) - sizeof(uint);
                break;
            case TcpFrame.NegPollRep:
                fixedSize = 1;
                break;
            case TcpFrame.ErrorMsgRep error:
                content = Encoding.UTF8.GetBytes(error.Text);
                break;
        }

        var header = destination.GetSpan(HeaderSize);
        BinaryPrimitives.WriteUInt32BigEndian(header, (uint)(1 + fixedSize + content.Length));
        header[LengthSize] = (byte)frame.Flag;
        destination.Advance(HeaderSize);
        destination.Write(fixedPart[..fixedSize]);
        destination.Write(content);
    }

    private static string? CheckLength(uint length, int limit)
    {
        if (length == 0) return "The frame has length 0; at least the flag belongs to it.";
        return length > limit ? $"The frame has {length} octets; at most {limit} are accepted." : null;
    }

    private static string? CheckValueSize(byte flag, uint size) => (TcpFrameFlag)flag switch
    {
        TcpFrameFlag.PkiMsg or TcpFrameFlag.FinalMsgRep => size > 0 ? null : "The frame carries no message.",
        TcpFrameFlag.PollRep => size == 8 ? null : $"A pollRep has 8 octets of value, not {size}.",
        TcpFrameFlag.PollReq => size == 4 ? null : $"A pollReq has 4 octets of value, not {size}.",
        TcpFrameFlag.NegPollRep => size == 1 ? null : $"A negPollRep has 1 octet of value, not {size}.",
        TcpFrameFlag.PartialMsgRep => size > 8 ? null : $"A partialMsgRep has more than 8 octets of value, not {size}.",
        TcpFrameFlag.ErrorMsgRep => null,
        _ => $"No frame has the flag {flag:X2}.",
    };

    private static TcpFrame? ReadValue(TcpFrameFlag flag, byte[] value, ref string? violation)
    {
        switch (flag)
        {
            case TcpFrameFlag.PkiMsg:
                return new TcpFrame.PkiMsg(value);
            case TcpFrameFlag.FinalMsgRep:
                return new TcpFrame.FinalMsgRep(value);
            case TcpFrameFlag.PartialMsgRep:
                return new TcpFrame.PartialMsgRep(ReadNumber(value, 0), ReadNumber(value, sizeof(uint)), value[(2 * sizeof(uint))..]);
            case TcpFrameFlag.PollRep:
                return new TcpFrame.PollRep(ReadNumber(value, 0), ReadNumber(value, sizeof(uint)));
            case TcpFrameFlag.PollReq:
                return new TcpFrame.PollReq(ReadNumber(value, 0));
            case TcpFrameFlag.NegPollRep:
                if (value[0] == 0) return new TcpFrame.NegPollRep();
                violation = $"The octet of a negPollRep is 00, not {value[0]:X2}.";
                return null;
            default:
                return ReadText(value, ref violation);
        }
    }

    private static TcpFrame.ErrorMsgRep? ReadText(byte[] value, ref string? violation)
    {
        try
        {
            return new TcpFrame.ErrorMsgRep(Utf8.GetString(value));
        }
        catch (DecoderFallbackException)
        {
            violation = "The text of an errorMsgRep is not UTF-8.";
            return null;
        }
    }

    private static uint ReadNumber(byte[] value, int at) => BinaryPrimitives.ReadUInt32BigEndian(value.AsSpan(at));

    private static int WritePair(Span<byte> destination, uint first, uint second)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, first);
        BinaryPrimitives.WriteUInt32BigEndian(destination[sizeof(uint)..], second);
        return 2 * sizeof(uint);
    }

    private static ReadOnlySpan<byte> NotEmpty(ReadOnlySpan<byte> message) =>
        message.IsEmpty ? throw new ArgumentException("The frame carries an empty message.", nameof(message)) : message;
}
