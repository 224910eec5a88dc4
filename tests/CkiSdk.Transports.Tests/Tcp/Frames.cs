using System.Buffers;
using System.Text;
using CkiSdk.Transports.Tcp;
using FsCheck;
using FsCheck.Fluent;

namespace CkiSdk.Transports.Tests.Tcp;

/// <summary>Makes frames and cuts octets into segments.</summary>
internal static class Frames
{
    /// <summary>Encodes frames one after the other.</summary>
    public static byte[] Encode(params IEnumerable<TcpFrame> frames)
    {
        var writer = new ArrayBufferWriter<byte>();
        foreach (var frame in frames) TcpFraming.Write(frame, writer);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Cuts octets at the places given (taken modulo the length) into a sequence of segments.</summary>
    public static ReadOnlySequence<byte> Cut(byte[] octets, IEnumerable<int> places)
    {
        var ends = places.Select(place => octets.Length == 0 ? 0 : Math.Abs(place % octets.Length)).Append(octets.Length).Order().Distinct().ToArray();
        Segment? first = null, last = null;
        var start = 0;
        foreach (var end in ends)
        {
            var memory = octets.AsMemory(start, end - start);
            last = last is null ? first = new Segment(memory, 0) : last.Append(memory);
            start = end;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }

    /// <summary>What FsCheck makes frames with.</summary>
    public static class Arbitraries
    {
        public static Arbitrary<TcpFrame> Frame()
        {
            var message = Gen.NonEmptyListOf(Gen.Choose(0, 255).Select(octet => (byte)octet)).Select(octets => octets.ToArray());
            var number = Gen.Choose(int.MinValue, int.MaxValue).Select(value => unchecked((uint)value));

            // Lone surrogates have no UTF-8.
            var text = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(words => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(words.Get)));
            return Gen.OneOf(
                message.Select(TcpFrame (octets) => new TcpFrame.PkiMsg(octets)),
                number.SelectMany(reference => number.Select(TcpFrame (time) => new TcpFrame.PollRep(reference, time))),
                number.Select(TcpFrame (reference) => new TcpFrame.PollReq(reference)),
                Gen.Constant<TcpFrame>(new TcpFrame.NegPollRep()),
                number.SelectMany(reference => number.SelectMany(time => message.Select(TcpFrame (octets) => new TcpFrame.PartialMsgRep(reference, time, octets)))),
                message.Select(TcpFrame (octets) => new TcpFrame.FinalMsgRep(octets)),
                text.Select(TcpFrame (words) => new TcpFrame.ErrorMsgRep(words))).ToArbitrary();
        }
    }
}
