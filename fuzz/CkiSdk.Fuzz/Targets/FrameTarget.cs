using System.Buffers;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds the framing of the TCP transport to its laws; the input is what a peer sends until it closes.</summary>
/// <remarks>
/// Nothing throws; a frame that was read writes the same octets; how the octets are cut into pieces changes nothing; the beginning of a
/// frame always needs more; what is refused stays refused, whatever follows.
/// </remarks>
internal sealed class FrameTarget : IFuzzTarget
{
    private const int Limit = 4096;
    private const int LongestHeader = 13;

    /// <inheritdoc/>
    public string Name => "frame";

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        var rest = input.AsMemory();
        while (true)
        {
            var received = new ReadOnlySequence<byte>(rest);
            var status = TcpFraming.Read(ref received, Limit, out var frame, out var violation);
            RequireResult(status, frame, violation);
            foreach (var cut in Cuts(rest.Length)) RequireSame(rest, cut, status, received.Length, frame);
            if (status == TcpFrameStatus.Frame)
            {
                var used = rest[..(int)(rest.Length - received.Length)];
                RequireFrame(used, frame!);
                rest = rest[used.Length..];
                continue;
            }

            if (received.Length != rest.Length) throw new FuzzException($"{status} took octets");
            if (status == TcpFrameStatus.Violation && Status((byte[])[.. rest.Span, 0]) != TcpFrameStatus.Violation) throw new FuzzException("one octet more mended a violation");
            return rest.IsEmpty && input.Length > 0;
        }
    }

    private static void RequireResult(TcpFrameStatus status, TcpFrame? frame, string? violation)
    {
        if (frame is not null != (status == TcpFrameStatus.Frame)) throw new FuzzException($"{status} with the frame {frame}");
        if (violation is not null != (status == TcpFrameStatus.Violation)) throw new FuzzException($"{status} with the violation {violation}");
    }

    private static void RequireSame(ReadOnlyMemory<byte> octets, int cut, TcpFrameStatus status, long left, TcpFrame? frame)
    {
        var first = new Piece(octets[..cut], 0);
        var second = first.Append(octets[cut..]);
        var received = new ReadOnlySequence<byte>(first, 0, second, second.Memory.Length);
        if (TcpFraming.Read(ref received, Limit, out var other, out _) != status || received.Length != left || !Equals(frame, other))
            throw new FuzzException($"another result when cut at {cut}");
    }

    private static void RequireFrame(ReadOnlyMemory<byte> used, TcpFrame frame)
    {
        var written = new ArrayBufferWriter<byte>();
        TcpFraming.Write(frame, written);
        if (!written.WrittenSpan.SequenceEqual(used.Span)) throw new FuzzException($"writes {Convert.ToHexString(written.WrittenSpan)}");
        foreach (var cut in Cuts(used.Length))
        {
            if (Status(used[..cut]) != TcpFrameStatus.NeedMore) throw new FuzzException($"complete after {cut} of {used.Length} octets");
        }
    }

    private static TcpFrameStatus Status(ReadOnlyMemory<byte> octets)
    {
        var received = new ReadOnlySequence<byte>(octets);
        return TcpFraming.Read(ref received, Limit, out _, out _);
    }

    // Within the header, and before the last octet.
    private static IEnumerable<int> Cuts(int length) => Enumerable.Range(0, Math.Min(length, LongestHeader)).Append(length - 1).Where(cut => cut >= 0);

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> octets, long index)
        {
            Memory = octets;
            RunningIndex = index;
        }

        public Piece Append(ReadOnlyMemory<byte> octets)
        {
            var next = new Piece(octets, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
