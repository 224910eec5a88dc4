using System.Globalization;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a DATE (X.680 38.4.1) as its content octets, YYYYMMDD (X.690 8.26.2).</summary>
/// <remarks>The default value is 1582-01-01.</remarks>
public readonly struct IsoDate : IEquatable<IsoDate>, IIsoText<IsoDate>
{
    private static readonly byte[] Lowest = "15820101"u8.ToArray();

    private readonly ReadOnlyMemory<byte> _octets;

    private IsoDate(ReadOnlyMemory<byte> octets) => _octets = octets;

    /// <summary>Gets the content octets, ASCII: YYYYMMDD.</summary>
    public ReadOnlyMemory<byte> Octets => _octets.IsEmpty ? Lowest : _octets;

    static string IIsoText<IsoDate>.TypeName => "DATE";

    /// <summary>Makes the DATE of a day.</summary>
    /// <param name="value">The day.</param>
    /// <exception cref="ArgumentOutOfRangeException">It lies before 1582.</exception>
    public static implicit operator IsoDate(DateOnly value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value.Year, 1582, nameof(value));
        return new(Encoding.ASCII.GetBytes(value.ToString("yyyyMMdd", CultureInfo.InvariantCulture)));
    }

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(IsoDate left, IsoDate right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(IsoDate left, IsoDate right) => !left.Equals(right);

    /// <summary>Reads the value notation without its quotation marks, YYYY-MM-DD.</summary>
    /// <param name="notation">The text.</param>
    /// <exception cref="FormatException">It is no DATE.</exception>
    public static IsoDate Parse(string notation) => TryParse(notation, out var value) ? value : throw new FormatException("The text is no DATE.");

    /// <summary>Reads the value notation without its quotation marks, YYYY-MM-DD, if it is one.</summary>
    /// <param name="notation">The text.</param>
    /// <param name="value">The value, or the default value.</param>
    public static bool TryParse(string notation, out IsoDate value)
    {
        ArgumentNullException.ThrowIfNull(notation);
        var isValid = TimeGrammar.IsDate(notation);
        value = isValid ? new(Encoding.ASCII.GetBytes(notation.Replace("-", "", StringComparison.Ordinal))) : default;
        return isValid;
    }

    static bool IIsoText<IsoDate>.IsValid(ReadOnlySpan<byte> octets) => octets.Length == 8 && TimeGrammar.IsDate(Notation(octets));

    static IsoDate IIsoText<IsoDate>.Wrap(ReadOnlyMemory<byte> octets) => new(octets);

    /// <summary>Gives the day.</summary>
    public DateOnly ToDateOnly() => DateOnly.ParseExact(ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public bool Equals(IsoDate other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IsoDate other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the value notation without its quotation marks, YYYY-MM-DD.</summary>
    public override string ToString() => Notation(Octets.Span);

    private static string Notation(ReadOnlySpan<byte> octets)
    {
        var text = Encoding.ASCII.GetString(octets);
        return $"{text[..4]}-{text[4..6]}-{text[6..]}";
    }
}
