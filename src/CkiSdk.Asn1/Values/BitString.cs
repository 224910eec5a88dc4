namespace CkiSdk.Asn1;

/// <summary>Holds a BIT STRING (X.680 22): bits numbered from 0, the most significant bit of the first octet.</summary>
/// <remarks>Two values are equal if length and bits are. The default value is empty.</remarks>
public readonly partial struct BitString : IEquatable<BitString>
{
    /// <summary>Wraps octets, without a copy.</summary>
    /// <param name="octets">The bits, which must not change afterwards.</param>
    /// <param name="unusedBits">How many bits at the end of the last octet do not belong to the value, 0 to 7; they are zero.</param>
    /// <exception cref="ArgumentException">The number is out of range or not 0 for no octets, or an unused bit is set.</exception>
    public BitString(ReadOnlyMemory<byte> octets, int unusedBits = 0)
    {
        if (!IsValid(octets.Span, unusedBits))
            throw new ArgumentException("The unused bits must be 0 to 7, none in an empty string, and all zero.", nameof(unusedBits));
        Octets = octets;
        UnusedBits = unusedBits;
    }

    /// <summary>Gets the octets that hold the bits.</summary>
    public ReadOnlyMemory<byte> Octets { get; private init; }

    /// <summary>Gets how many bits of the last octet do not belong to the value, 0 to 7.</summary>
    public int UnusedBits { get; private init; }

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
            return bit >> 3 < Octets.Length && (Octets.Span[bit >> 3] & (0x80 >> (bit & 7))) != 0;
        }
    }

    /// <summary>Compares length and bits.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(BitString left, BitString right) => left.Equals(right);

    /// <summary>Compares length and bits.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(BitString left, BitString right) => !left.Equals(right);

    /// <summary>Makes the shortest string in which exactly these bits are set (X.690 11.2.2).</summary>
    /// <param name="bits">The numbers of the bits, in any order.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static BitString FromNamedBits(params ReadOnlySpan<int> bits)
    {
        var last = -1;
        foreach (var bit in bits)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(bit, nameof(bits));
            last = Math.Max(last, bit);
        }

        if (last < 0)
            return default;
        var octets = new byte[(last >> 3) + 1];
        foreach (var bit in bits)
            octets[bit >> 3] |= (byte)(0x80 >> (bit & 7));
        return Wrap(octets, 7 - (last & 7));
    }

    /// <summary>Gives the string with one more bit set, longer if need be.</summary>
    /// <param name="bit">The number of the bit, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public BitString WithBit(int bit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bit);
        var octets = new byte[Math.Max(Octets.Length, (bit >> 3) + 1)];
        Octets.CopyTo(octets);
        octets[bit >> 3] |= (byte)(0x80 >> (bit & 7));
        return Wrap(octets, bit < Length ? UnusedBits : 7 - (bit & 7));
    }

    /// <summary>Gives the string without trailing zero bits, the form of a list of named bits (X.690 11.2.2).</summary>
    public BitString TrimTrailingZeros()
    {
        var octets = Octets.Span.TrimEnd((byte)0);
        return octets.IsEmpty ? default : Wrap(Octets[..octets.Length], int.TrailingZeroCount(octets[^1]));
    }

    /// <inheritdoc/>
    public bool Equals(BitString other) => UnusedBits == other.UnusedBits && Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BitString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span) + UnusedBits;

    /// <summary>Gives type and number of bits, never the bits, which may be secret.</summary>
    public override string ToString() => $"BitString({Length})";

    internal static BitString Wrap(ReadOnlyMemory<byte> octets, int unusedBits) => new() { Octets = octets, UnusedBits = unusedBits };

    internal static bool IsValid(ReadOnlySpan<byte> octets, int unusedBits) =>
        unusedBits == 0 || (unusedBits is > 0 and < 8 && !octets.IsEmpty && (octets[^1] & ((1 << unusedBits) - 1)) == 0);
}
