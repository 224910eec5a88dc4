using System.Security.Cryptography;
using CkiSdk.Crypto;

namespace CkiSdk.Protocol.Messages;

/// <summary>Draws what need not stay secret, such as nonces and serial numbers, by the block: a draw costs the same for 16 octets as for a thousand.</summary>
/// <remarks>Blocks begin as small as the first draw and double, so that who draws little has little lie ready. What was given out is erased here.</remarks>
/// <param name="source">Where the blocks come from.</param>
internal sealed class DrawnAhead(IRandomSource source) : IRandomSource
{
    private const int LargestBlock = 1024;

    private readonly Lock _gate = new();
    private byte[] _block = [];
    private int _used;

    /// <inheritdoc/>
    public void Fill(Span<byte> destination)
    {
        if (destination.Length > LargestBlock)
        {
            source.Fill(destination);
            return;
        }

        lock (_gate)
        {
            if (_block.Length - _used < destination.Length)
            {
                Draw(destination.Length);
            }

            var drawn = _block.AsSpan(_used, destination.Length);
            drawn.CopyTo(destination);
            CryptographicOperations.ZeroMemory(drawn);
            _used += destination.Length;
        }
    }

    private void Draw(int atLeast)
    {
        // Nothing of the present block is used again, even if the source fails.
        _used = _block.Length;
        var length = Math.Clamp(2 * _block.Length, atLeast, LargestBlock);
        var block = length == _block.Length ? _block : new byte[length];
        source.Fill(block);
        (_block, _used) = (block, 0);
    }
}
