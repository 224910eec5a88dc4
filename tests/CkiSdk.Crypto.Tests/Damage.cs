namespace CkiSdk.Crypto.Tests;

/// <summary>Makes damaged copies of octets.</summary>
internal static class Damage
{
    /// <summary>Gives one copy per bit, with that bit flipped.</summary>
    public static IEnumerable<byte[]> FlippedBits(byte[] octets)
    {
        for (var bit = 0; bit < octets.Length * 8; bit++)
        {
            var copy = (byte[])octets.Clone();
            copy[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return copy;
        }
    }
}
