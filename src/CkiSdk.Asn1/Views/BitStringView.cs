namespace CkiSdk.Asn1;

/// <summary>Reads a BIT STRING where it lies (X.680 22): bits numbered from 0, the most significant bit of the first octet.</summary>
public readonly ref struct BitStringView : IDerView<BitStringView>
{
    private BitStringView(ReadOnlySpan<byte> octets, int unusedBits)
    {
        Octets = octets;
        UnusedBits = unusedBits;
    }

    /// <inheritdoc/>
    public static string Asn1Name => "BIT STRING";

    /// <summary>Gets the octets that hold the bits.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>Gets how many bits of the last octet do not belong to the value, 0 to 7.</summary>
    public int UnusedBits { get; }

    /// <summary>Gets the number of bits.</summary>
    public int Length => checked((int)((8L * Octets.Length) - UnusedBits));

    /// <summary>Gets one bit; those beyond the end are zero, as a list of named bits demands (X.680 22.7).</summary>
    /// <param name="bit">The number of the bit, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public bool this[int bit]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(bit);
            return bit >> 3 < Octets.Length && (Octets[bit >> 3] & (0x80 >> (bit & 7))) != 0;
        }
    }

    /// <summary>Lays a view over bits.</summary>
    /// <param name="value">The bits.</param>
    public static implicit operator BitStringView(BitString value) => new(value.Octets.Span, value.UnusedBits);

    /// <summary>Compares length and bits.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(BitStringView left, BitStringView right) =>
        left.UnusedBits == right.UnusedBits && left.Octets.SequenceEqual(right.Octets);

    /// <summary>Compares length and bits.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(BitStringView left, BitStringView right) => !(left == right);

    /// <inheritdoc/>
    public static BitStringView Wrap(ReadOnlySpan<byte> element)
    {
        var content = ViewElement.Strip(element, 1);
        return new(content[1..], content[0]);
    }

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipBitString(Tag.BitString);

    /// <summary>Says whether every bit that is set in the other string is set in this one.</summary>
    /// <param name="other">The bits to look for.</param>
    public bool Contains(BitString other)
    {
        var bits = other.Octets.Span;
        for (var i = 0; i < bits.Length; i++)
        {
            if ((bits[i] & ~(i < Octets.Length ? Octets[i] : 0)) != 0)
                return false;
        }

        return true;
    }

    /// <summary>Copies the bits.</summary>
    public BitString ToBitString() => BitString.Wrap(Octets.ToArray(), UnusedBits);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BitString other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets) + UnusedBits;

    /// <summary>Gives type and number of bits, never the bits, which may be secret.</summary>
    public override string ToString() => $"BitString({Length})";
}
