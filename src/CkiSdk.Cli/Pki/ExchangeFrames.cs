using System.Buffers.Binary;

namespace CkiSdk.Cli.Pki;

/// <summary>Carries the parts of a secure exchange over a stream: each with its length before it, four octets, big-endian.</summary>
/// <param name="stream">The stream; it stays the caller's.</param>
internal sealed class ExchangeFrames(Stream stream)
{
    private const int MaxLength = 2 * 1024 * 1024;

    /// <summary>Sends a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        var frame = new byte[4 + part.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, part.Length);
        part.CopyTo(frame.AsMemory(4));
        await stream.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Receives a part.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CkiTransportException">The peer closed the connection, or it broke.</exception>
    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var header = new byte[4];
            await stream.ReadExactlyAsync(header, cancellationToken).ConfigureAwait(false);
            var length = BinaryPrimitives.ReadInt32BigEndian(header);
            if (length is < 1 or > MaxLength)
            {
                throw new CkiTransportException("The peer does not speak the secure exchange.");
            }

            var part = new byte[length];
            await stream.ReadExactlyAsync(part, cancellationToken).ConfigureAwait(false);
            return part;
        }
        catch (IOException exception)
        {
            throw new CkiTransportException("The connection ended before the peer's last message.", exception);
        }
    }
}
