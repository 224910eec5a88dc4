namespace CkiSdk.Cli.Pki;

/// <summary>Gives back an octet that was read from a stream that cannot seek.</summary>
/// <param name="first">The octet.</param>
/// <param name="rest">The stream, disposed with this one.</param>
internal sealed class PrefixedStream(byte first, Stream rest) : InputStream
{
    private bool _isGiven;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_isGiven || count == 0)
        {
            return rest.Read(buffer, offset, count);
        }

        buffer[offset] = first;
        _isGiven = true;
        return 1;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isGiven || buffer.IsEmpty)
        {
            return await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        buffer.Span[0] = first;
        _isGiven = true;
        return 1;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
