using System.Buffers;
using CkiSdk.Transports.Tcp;
using FsCheck.Xunit;

namespace CkiSdk.Transports.Tests.Tcp;

[Properties(Arbitrary = [typeof(Frames.Arbitraries)])]
public sealed class TcpFramingProperties
{
    private const int Limit = 4096;

    [Property]
    public void Frames_SplitAnywhere_AreTheSameFrames(TcpFrame[] frames, int[] places)
    {
        var received = Frames.Cut(Frames.Encode(frames), places);
        foreach (var expected in frames)
        {
            Assert.Equal(TcpFrameStatus.Frame, TcpFraming.Read(ref received, Limit, out var frame, out _));
            Assert.Equal(expected, frame);
        }

        Assert.Equal(TcpFrameStatus.NeedMore, TcpFraming.Read(ref received, Limit, out _, out _));
        Assert.True(received.IsEmpty);
    }

    [Property]
    public void Prefix_OfAFrame_NeedsMore(TcpFrame frame)
    {
        var octets = Frames.Encode(frame);
        for (var length = 0; length < octets.Length; length++)
        {
            var received = new ReadOnlySequence<byte>(octets, 0, length);
            Assert.Equal(TcpFrameStatus.NeedMore, TcpFraming.Read(ref received, Limit, out _, out _));
        }
    }

    [Property]
    public void Octets_ThatAreAFrame_AreWrittenIdentically(TcpFrame origin, int at, byte value, int[] places)
    {
        var octets = Frames.Encode(origin);
        octets[Math.Abs(at % octets.Length)] = value;
        var received = Frames.Cut(octets, places);
        if (TcpFraming.Read(ref received, Limit, out var frame, out _) != TcpFrameStatus.Frame) return;
        Assert.Equal(octets[..^(int)received.Length], Frames.Encode(frame!));
    }

    [Property]
    public void Status_DependsNot_OnTheCuts(byte[] octets, int[] places)
    {
        var whole = new ReadOnlySequence<byte>(octets);
        var cut = Frames.Cut(octets, places);
        Assert.Equal(TcpFraming.Read(ref whole, Limit, out var one, out var violation), TcpFraming.Read(ref cut, Limit, out var other, out var otherViolation));
        Assert.Equal(one, other);
        Assert.Equal(violation, otherViolation);
        Assert.Equal(whole.Length, cut.Length);
    }
}
