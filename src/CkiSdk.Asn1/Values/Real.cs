using System.Globalization;
using System.Numerics;

namespace CkiSdk.Asn1;

/// <summary>Holds a REAL of any size (X.680 21) as its content octets, exactly as received: binary, or decimal as text (X.690 8.5, 11.3).</summary>
/// <remarks>Two values are equal if their octets are: numbers of base 2 and of base 10 are distinct (X.680 21.2). The default value is zero.</remarks>
public readonly struct Real : IEquatable<Real>
{
    private const int LongestShown = 40;

    private Real(ReadOnlyMemory<byte> octets) => Octets = octets;

    /// <summary>Gets PLUS-INFINITY.</summary>
    public static Real PositiveInfinity { get; } = double.PositiveInfinity;

    /// <summary>Gets MINUS-INFINITY.</summary>
    public static Real NegativeInfinity { get; } = double.NegativeInfinity;

    /// <summary>Gets NOT-A-NUMBER.</summary>
    public static Real NaN { get; } = double.NaN;

    /// <summary>Gets minus zero.</summary>
    public static Real NegativeZero { get; } = double.NegativeZero;

    /// <summary>Gets the content octets.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>Gets a value indicating whether the number is of base 10.</summary>
    public bool IsDecimal => !Octets.IsEmpty && Octets.Span[0] == RealContent.Decimal;

    /// <summary>Gets a value indicating whether it is a number, not infinite and not NOT-A-NUMBER.</summary>
    public bool IsFinite => Octets.IsEmpty || Octets.Span[0] is RealContent.Decimal or >= RealContent.Binary or RealContent.MinusZero;

    /// <summary>Gets the mantissa: the value is Mantissa · base^Exponent. Zero for zero and what is no number.</summary>
    public BigInteger Mantissa => RealContent.Parts(Octets.Span).Mantissa;

    /// <summary>Gets the exponent of the base, 2 or 10; zero for zero and what is no number.</summary>
    public BigInteger Exponent => RealContent.Parts(Octets.Span).Exponent;

    /// <summary>Makes the REAL of base 2 of a double, exactly.</summary>
    /// <param name="value">The double.</param>
    public static implicit operator Real(double value)
    {
        Span<byte> content = stackalloc byte[RealContent.MaxLength];
        return new(content[..RealContent.Write(value, content)].ToArray());
    }

    /// <summary>Gives the double that is nearest.</summary>
    /// <param name="value">The REAL.</param>
    public static explicit operator double(Real value) => value.ToDouble();

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Real left, Real right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Real left, Real right) => !left.Equals(right);

    /// <summary>Makes mantissa · 2^exponent.</summary>
    /// <param name="mantissa">The mantissa.</param>
    /// <param name="exponent">The exponent, of at most 255 octets.</param>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is longer.</exception>
    public static Real FromBinary(BigInteger mantissa, BigInteger exponent) => new(RealContent.OfBinary(mantissa, exponent));

    /// <summary>Makes mantissa · 10^exponent, encoded as decimal text (X.690 11.3.2).</summary>
    /// <param name="mantissa">The mantissa.</param>
    /// <param name="exponent">The exponent.</param>
    public static Real FromDecimal(BigInteger mantissa, BigInteger exponent) => new(RealContent.OfDecimal(mantissa, exponent));

    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets in their DER form.</param>
    /// <exception cref="ArgumentException">They have another form.</exception>
    public static Real FromEncoded(ReadOnlyMemory<byte> octets) => RealContent.IsValid(octets.Span)
        ? new(octets)
        : throw new ArgumentException("The octets are no REAL in its DER form.", nameof(octets));

    /// <summary>Gives the double that is nearest; infinity for a number that is too great.</summary>
    public double ToDouble() => RealContent.ToDouble(Octets.Span);

    /// <summary>Gives the double if it holds the number exactly.</summary>
    /// <param name="value">The double, or the nearest.</param>
    public bool TryToDouble(out double value)
    {
        value = ToDouble();
        if (!IsDecimal)
            return ((Real)value).Equals(this);
        var (mantissa, exponent) = RealContent.Parts(Octets.Span);
        return double.IsFinite(value) && RealContent.IsSame(value, mantissa, exponent);
    }

    /// <inheritdoc/>
    public bool Equals(Real other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Real other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the number as a double is written if that is exact, else as mantissa and exponent.</summary>
    public override string ToString()
    {
        if (Octets.Length > LongestShown)
            return $"Real({Octets.Length})";
        if (!IsDecimal && TryToDouble(out var value))
            return value.ToString("R", CultureInfo.InvariantCulture);
        var (mantissa, exponent) = RealContent.Parts(Octets.Span);
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}{(IsDecimal ? "E" : "·2^")}{exponent}");
    }

    internal static Real Wrap(ReadOnlyMemory<byte> octets) => new(octets);
}
