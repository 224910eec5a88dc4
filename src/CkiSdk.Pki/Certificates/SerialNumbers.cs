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
}
