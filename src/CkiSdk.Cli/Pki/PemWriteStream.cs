using System.Text;

namespace CkiSdk.Cli.Pki;

/// <summary>Encodes one PEM block of any length, in lines of 64 digits (RFC 7468 §2).</summary>
internal sealed class PemWriteStream : Stream
{
    private const int LineLength = 48; // octets that make 64 digits

    private readonly Stream _output;
    private readonly string _label;
    private readonly byte[] _line = new byte[LineLength];
    private int _count;

    /// <summary>Writes the first line.</summary>
    /// <param name="output">Where the text goes; it stays the caller's.</param>
    /// <param name="label">The label.</param>
    public PemWriteStream(Stream output, string label)
    {
        (_output, _label) = (new BufferedStream(output, 64 * 1024), label);
        WriteText($"-----BEGIN {label}-----\n");
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes what is left and the last line.</summary>
    public void Complete()
    {
        WriteLine();
        WriteText($"-----END {_label}-----\n");
        _output.Flush();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, LineLength - _count);
            buffer[..count].CopyTo(_line.AsSpan(_count));
            _count += count;
            buffer = buffer[count..];
            if (_count == LineLength)
            {
                WriteLine();
            }
        }
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override void Flush() => _output.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private void WriteLine()
    {
        if (_count > 0)
        {
            WriteText(Convert.ToBase64String(_line, 0, _count) + "\n");
            _count = 0;
        }
    }

    private void WriteText(string text) => _output.Write(Encoding.ASCII.GetBytes(text));
}
