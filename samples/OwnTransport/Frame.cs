using System.Buffers.Binary;

namespace OwnTransport;

/// <summary>Is what goes over the socket: one octet that says what it is, four octets of length, big-endian, and the octets.</summary>
internal readonly record struct Frame(FrameKind Kind, ReadOnlyMemory<byte> Octets)
{
    private const int Limit = (1 << 20) + 8;

    /// <summary>Writes it.</summary>
    public async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        var frame = new byte[5 + Octets.Length];
        frame[0] = (byte)Kind;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), Octets.Length);
        Octets.CopyTo(frame.AsMemory(5));
        await stream.WriteAsync(frame, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Reads one. What the other side says of its length is not believed: nothing is set aside for more than a message may have.</summary>
    /// <exception cref="InvalidDataException">It is too long, or of no kind that is known.</exception>
    /// <exception cref="EndOfStreamException">The other side has ended in the middle.</exception>
    public static async Task<Frame> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[5];
        await stream.ReadExactlyAsync(head, cancellationToken);
        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1));
        if (length is < 0 or > Limit || !Enum.IsDefined((FrameKind)head[0])) throw new InvalidDataException("This is no frame.");
        var octets = new byte[length];
        await stream.ReadExactlyAsync(octets, cancellationToken);
        return new Frame((FrameKind)head[0], octets);
    }
}
