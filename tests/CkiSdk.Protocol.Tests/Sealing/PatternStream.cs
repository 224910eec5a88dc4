namespace CkiSdk.Protocol.Tests.Sealing;

/// <summary>A content of any length that takes no memory: as a source it gives a pattern, as a target it compares with it.</summary>
internal sealed class PatternStream(long length, long failAt = long.MaxValue) : Stream
{
    private long _position;

    /// <summary>Gets whether all that was written is the pattern.</summary>
    public bool IsEqual { get; private set; } = true;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position >= failAt)
            throw new IOException("The content broke off.");
        var count = (int)Math.Min(buffer.Length, length - _position);
        for (var i = 0; i < count; i++)
            buffer[i] = Octet(_position + i);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (var i = 0; i < buffer.Length; i++)
            IsEqual &= buffer[i] == Octet(_position + i);
        _position += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => _position = value;

    private static byte Octet(long position) => (byte)((position * 31) ^ (position >> 13));
}
