using System.Buffers;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds the framing of the TCP transport to its laws.</summary>
/// <remarks>
/// It never throws; each frame that is read is written as the same octets; a frame that is complete is not changed by what follows, and
/// no beginning of it is taken for a violation.
/// </remarks>
internal sealed class FrameTarget : IFuzzTarget
{
    private const int Limit = 4096;

    /// <inheritdoc/>
    public string Name => "frame";

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        var received = new ReadOnlySequence<byte>(input);
        var frames = 0;
        while (true)
        {
            var before = received;
            var status = TcpFraming.Read(ref received, Limit, out var frame, out var violation);
            if (status != TcpFrameStatus.Frame)
            {
                if (received.Length != before.Length) throw new FuzzException("octets are gone without a frame");
                if (status == TcpFrameStatus.Violation != violation is not null) throw new FuzzException("a violation and its words belong together");
                return frames > 0 && status == TcpFrameStatus.NeedMore;
            }

            var octets = before.Slice(0, received.Start).ToArray();
            CheckWritten(frame!, octets);
            CheckBeginnings(octets);
            frames++;
        }
    }

    private static void CheckWritten(TcpFrame frame, byte[] octets)
    {
        var written = new ArrayBufferWriter<byte>();
        TcpFraming.Write(frame, written);
        if (!written.WrittenSpan.SequenceEqual(octets)) throw new FuzzException($"a frame is written as {Convert.ToHexString(written.WrittenSpan)}");
    }

    private static void CheckBeginnings(byte[] octets)
    {
        for (var length = 0; length < octets.Length; length += Math.Max(1, octets.Length / 16))
        {
            var beginning = new ReadOnlySequence<byte>(octets, 0, length);
            if (TcpFraming.Read(ref beginning, Limit, out _, out _) != TcpFrameStatus.NeedMore) throw new FuzzException($"the first {length} octets of a frame are no beginning");
        }
    }
}
