using System.Globalization;
using System.Numerics;

namespace CkiSdk.Asn1;

/// <summary>Reads an INTEGER of any size where it lies (X.680 19).</summary>
public readonly ref struct IntegerView : IDerView<IntegerView>
{
    private static readonly byte[] Zero = [0];

    private readonly ReadOnlySpan<byte> _octets;

    private IntegerView(ReadOnlySpan<byte> octets) => _octets = octets;

    /// <inheritdoc/>
    public static string Asn1Name => "INTEGER";

    /// <summary>Gets the content octets: two's complement, big-endian, minimal.</summary>
    public ReadOnlySpan<byte> Octets => _octets.IsEmpty ? Zero : _octets;

    /// <summary>Gets a value indicating whether the number is below zero.</summary>
    public bool IsNegative => Octets[0] >= 0x80;

    /// <summary>Lays a view over a number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator IntegerView(Integer value) => new(value.Octets.Span);

    /// <summary>Compares the numbers.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(IntegerView left, IntegerView right) => left.Octets.SequenceEqual(right.Octets);

    /// <summary>Compares the numbers.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(IntegerView left, IntegerView right) => !(left == right);

    /// <summary>Compares the numbers.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(IntegerView left, long right) => left.TryToInt64(out var value) && value == right;

    /// <summary>Compares the numbers.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(IntegerView left, long right) => !(left == right);

    /// <inheritdoc/>
    public static IntegerView Wrap(ReadOnlySpan<byte> element) => new(ViewElement.Strip(element, 1));

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipInteger(Tag.Integer);

    /// <summary>Gives the number as unsigned octets, big-endian, without a leading zero; zero is the one octet 00.</summary>
    /// <exception cref="OverflowException">The number is negative.</exception>
    public ReadOnlySpan<byte> ToUnsigned()
    {
        if (IsNegative)
            throw new OverflowException("The INTEGER is negative.");
        return Octets.Length > 1 && Octets[0] == 0 ? Octets[1..] : Octets;
    }

    /// <summary>Gives the number if an <see cref="int"/> holds it.</summary>
    /// <param name="value">The number, or 0.</param>
    public bool TryToInt32(out int value)
    {
        value = Octets.Length <= 4 ? (int)Integer.Narrow(Octets) : 0;
        return Octets.Length <= 4;
    }

    /// <summary>Gives the number if a <see cref="long"/> holds it.</summary>
    /// <param name="value">The number, or 0.</param>
    public bool TryToInt64(out long value)
    {
        value = Octets.Length <= 8 ? Integer.Narrow(Octets) : 0;
        return Octets.Length <= 8;
    }

    /// <summary>Gives the number.</summary>
    /// <exception cref="OverflowException">An <see cref="int"/> does not hold it.</exception>
    public int ToInt32() => TryToInt32(out var value) ? value : throw new OverflowException("The INTEGER lies outside 32 bits.");

    /// <summary>Gives the number.</summary>
    /// <exception cref="OverflowException">A <see cref="long"/> does not hold it.</exception>
    public long ToInt64() => TryToInt64(out var value) ? value : throw new OverflowException("The INTEGER lies outside 64 bits.");

    /// <summary>Gives the number.</summary>
    public BigInteger ToBigInteger() => new(Octets, isBigEndian: true);

    /// <summary>Copies the number.</summary>
    public Integer ToInteger() => Integer.Wrap(Octets.ToArray());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Integer other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets);

    /// <summary>Writes the number in decimal, or only its size if it is longer than any serial number.</summary>
    public override string ToString() => Octets.Length <= Integer.LongestShown
        ? ToBigInteger().ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"Integer({Octets.Length})");
}
