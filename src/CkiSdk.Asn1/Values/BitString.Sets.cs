namespace CkiSdk.Asn1;

/// <content>Bits as sets of named bits (X.680 22.7).</content>
public readonly partial struct BitString
{
    /// <summary>Returns the bits that are set in either string, without trailing zero bits.</summary>
    /// <param name="other">The other string.</param>
    public BitString Union(BitString other)
    {
        var octets = new byte[Math.Max(Octets.Length, other.Octets.Length)];
        Octets.Span.CopyTo(octets);
        for (var i = 0; i < other.Octets.Length; i++)
        {
            octets[i] |= other.Octets.Span[i];
        }

        return new BitString(octets).TrimTrailingZeros();
    }

    /// <summary>Says whether every bit that is set in the other string is set in this one.</summary>
    /// <param name="other">The bits to look for.</param>
    public bool Contains(BitString other)
    {
        for (var i = 0; i < other.Octets.Length; i++)
        {
            var octet = i < Octets.Length ? Octets.Span[i] : 0;
            if ((other.Octets.Span[i] & ~octet) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
