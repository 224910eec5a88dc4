using System.Buffers.Binary;

namespace SecureExchange;

/// <summary>Carries octets over a stream, each part with its length before it.</summary>
internal sealed class Wire(Stream stream)
{
    public async Task Send(ReadOnlyMemory<byte> part)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        await stream.WriteAsync(length);
        await stream.WriteAsync(part);
        await stream.FlushAsync();
    }

    public async Task<byte[]> Receive()
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length);
        var part = new byte[Math.Clamp(BinaryPrimitives.ReadInt32BigEndian(length), 0, 1 << 21)];
        await stream.ReadExactlyAsync(part);
        return part;
    }
}
