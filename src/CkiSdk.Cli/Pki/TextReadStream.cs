using System.Buffers.Text;
using System.Text;

namespace CkiSdk.Cli.Pki;

/// <summary>Decodes a message in a text of any length, line by line: the first PEM block (RFC 7468 §2), or the body of an S/MIME entity (RFC 8551 §3.3), as openssl writes by default.</summary>
/// <param name="text">The text, disposed with this stream.</param>
internal sealed class TextReadStream(StreamReader text) : InputStream
{
    private readonly byte[] _decoded = new byte[48 * 1024];
    private readonly StringBuilder _digits = new();
    private int _start;
    private int _end;
    private bool _isEntity;
    private bool _hasBegun;
    private bool _hasEnded;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            Fill();
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _decoded.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            text.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        (_start, _end) = (0, 0);
        while (!_hasEnded && _digits.Length < 32 * 1024)
        {
            TakeLine(text.ReadLine());
        }

        // Whole groups of four digits; what is left waits for the next line.
        var count = _hasEnded ? _digits.Length : _digits.Length / 4 * 4;
        var digits = Encoding.ASCII.GetBytes(_digits.ToString(0, count));
        _digits.Remove(0, count);
        if (Base64.DecodeFromUtf8(digits, _decoded, out _, out _end) != System.Buffers.OperationStatus.Done)
        {
            throw new FormatException("The text is not valid base64.");
        }
    }

    private void TakeLine(string? line)
    {
        if (line is null)
        {
            TakeEnd();
        }
        else if (!_hasBegun)
        {
            TakeHeader(line);
        }
        else if (line.StartsWith("-----END ", StringComparison.Ordinal))
        {
            _hasEnded = true;
        }
        else
        {
            _digits.Append(line.Trim());
        }
    }

    // Only an entity ends with the text.
    private void TakeEnd()
    {
        if (!_hasBegun || !_isEntity)
        {
            throw new FormatException(_hasBegun ? "The PEM has no END line." : "There is neither DER nor PEM nor an S/MIME entity.");
        }

        _hasEnded = true;
    }

    // The headers of an entity end with an empty line.
    private void TakeHeader(string line)
    {
        if (line.StartsWith("Content-Type: multipart/", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException("It is a clear-signed S/MIME entity, whose content stands apart; write the message as PEM or DER (openssl cms -outform PEM).");
        }

        _isEntity |= line.StartsWith("MIME-Version:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase);
        _hasBegun = line.StartsWith("-----BEGIN ", StringComparison.Ordinal) || (_isEntity && line.Length == 0);
    }
}
