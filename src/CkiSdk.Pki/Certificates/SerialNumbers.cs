using System.Buffers.Binary;
using CkiSdk.Asn1;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Certificates;

/// <summary>Draws serial numbers (RFC 5280 §4.1.2.2; profile section 2).</summary>
public static class SerialNumbers
{
    /// <summary>The longest serial number in octets.</summary>
    public const int MaxLength = 20;

    /// <summary>Draws a serial number of 20 octets that is positive and has 158 random bits.</summary>
    /// <param name="random">Where they come from.</param>
    /// <returns>The number.</returns>
    public static Integer Random(IRandomSource random)
    {
        var octets = random.Octets(MaxLength);
        octets[0] = (byte)((octets[0] & 0x3F) | 0x40); // never negative, never shorter
        return new Integer(octets);
    }

    /// <summary>Draws a serial number of 20 octets that is positive and has 128 random bits, behind the seconds of the clock: numbers that were drawn one after the other lie side by side in an index.</summary>
    /// <param name="random">Where the random bits come from.</param>
    /// <param name="now">The present; its seconds repeat after 34 years, which does no harm.</param>
    /// <returns>The number.</returns>
    public static Integer Ordered(IRandomSource random, DateTimeOffset now)
    {
        var octets = random.Octets(MaxLength);
        BinaryPrimitives.WriteUInt32BigEndian(octets, ((uint)now.ToUnixTimeSeconds() & 0x3FFFFFFF) | 0x40000000); // as above
        return new Integer(octets);
    }
}
