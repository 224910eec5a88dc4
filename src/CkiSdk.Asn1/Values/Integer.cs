using System.Globalization;

namespace CkiSdk.Asn1;

/// <summary>Holds an INTEGER of any size (X.680 19) as its content octets: two's complement, big-endian, minimal (X.690 8.3).</summary>
/// <remarks>The default value is zero.</remarks>
public readonly partial struct Integer : IEquatable<Integer>, IComparable<Integer>
{
    // A serial number of 20 octets (RFC 5280 §4.1.2.2) and its sign.
    internal const int LongestShown = 21;

    private static readonly byte[] Zero = [0];

    private readonly ReadOnlyMemory<byte> _octets;

    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="twosComplementBigEndian">The content octets.</param>
    /// <exception cref="ArgumentException">They are empty or start with a redundant octet (X.690 8.3.2).</exception>
    public Integer(ReadOnlyMemory<byte> twosComplementBigEndian)
    {
        if (!IsMinimal(twosComplementBigEndian.Span))
            throw new ArgumentException("An INTEGER has at least one octet and no redundant one.", nameof(twosComplementBigEndian));
        _octets = twosComplementBigEndian;
    }

    private Integer(ReadOnlyMemory<byte> octets, bool _) => _octets = octets;

    /// <summary>Gets the content octets: two's complement, big-endian, minimal.</summary>
    public ReadOnlyMemory<byte> Octets => _octets.IsEmpty ? Zero : _octets;

    /// <summary>Gets the same octets for a writer, which does not need them for longer.</summary>
    internal ReadOnlySpan<byte> Span => _octets.Span is { IsEmpty: false } span ? span : Zero;

    /// <summary>Gets a value indicating whether the number is below zero.</summary>
    public bool IsNegative => !_octets.IsEmpty && _octets.Span[0] >= 0x80;

    /// <summary>Compares the numbers.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Integer left, Integer right) => left.Equals(right);

    /// <summary>Compares the numbers.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Integer left, Integer right) => !left.Equals(right);

    /// <summary>Compares the numbers.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(Integer left, Integer right) => left.CompareTo(right) < 0;

    /// <summary>Compares the numbers.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(Integer left, Integer right) => left.CompareTo(right) <= 0;

    /// <summary>Compares the numbers.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(Integer left, Integer right) => left.CompareTo(right) > 0;

    /// <summary>Compares the numbers.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(Integer left, Integer right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public bool Equals(Integer other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Integer other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <inheritdoc/>
    public int CompareTo(Integer other)
    {
        if (IsNegative != other.IsNegative)
            return IsNegative ? -1 : 1;
        var left = Octets.Span;
        var right = other.Octets.Span;

        // Minimal octets of one sign: more of them lie further from zero; the same number compare as they stand.
        if (left.Length != right.Length)
            return left.Length > right.Length == IsNegative ? -1 : 1;
        return left.SequenceCompareTo(right);
    }

    /// <summary>Writes the number in decimal, or only its size, such as "Integer(256)", if it is longer than any serial number.</summary>
    /// <remarks>The long ones are keys, private ones too, which no log may show; and a megabyte of digits takes minutes to compute.</remarks>
    public override string ToString() => Octets.Length <= LongestShown
        ? ToBigInteger().ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"Integer({Octets.Length})");

    internal static Integer Wrap(ReadOnlyMemory<byte> octets) => new(octets, true);

    internal static bool IsMinimal(ReadOnlySpan<byte> octets) =>
        octets.Length == 1 || (octets.Length > 1 && (uint)(((octets[0] << 1) | (octets[1] >> 7)) - 1) < 0x1FE);
}
