namespace CkiSdk.Crypto.Software;

/// <summary>Adds and removes the padding of CBC (RFC 5652 §6.3), whose removal takes the same time whatever stands there.</summary>
internal static class CbcPadding
{
    /// <summary>Gives the padding of a content.</summary>
    /// <param name="length">The length of the content in octets.</param>
    /// <param name="block">The length of a block in octets.</param>
    public static byte[] For(long length, int block)
    {
        var count = block - (int)(length % block);
        var padding = new byte[count];
        padding.AsSpan().Fill((byte)count);
        return padding;
    }

    /// <summary>Tells how many octets of the last block are content; −1 if its end is no padding.</summary>
    public static int ContentLength(ReadOnlySpan<byte> last)
    {
        int count = last[^1];

        // All ones where a condition fails: 1 ≤ count ≤ block, and each of the last count octets is count.
        var wrong = ((count - 1) >> 31) | ((last.Length - count) >> 31);
        for (var i = 0; i < last.Length; i++)
        {
            var isPadding = (last.Length - 1 - i - count) >> 31; // all ones for the last count octets
            wrong |= isPadding & (-(last[i] ^ count) >> 31);
        }

        return ((last.Length - count) & ~wrong) | wrong;
    }
}
