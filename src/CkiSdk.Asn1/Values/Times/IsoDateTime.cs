using System.Globalization;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a DATE-TIME (X.680 38.4.3), local time, as its content octets, YYYYMMDDHHMMSS (X.690 8.26.4).</summary>
/// <remarks>The default value is 1582-01-01T00:00:00.</remarks>
public readonly struct IsoDateTime : IEquatable<IsoDateTime>, IIsoText<IsoDateTime>
{
    private static readonly byte[] Lowest = "15820101000000"u8.ToArray();

    private readonly ReadOnlyMemory<byte> _octets;

    private IsoDateTime(ReadOnlyMemory<byte> octets) => _octets = octets;

    /// <summary>Gets the content octets, ASCII: YYYYMMDDHHMMSS.</summary>
    public ReadOnlyMemory<byte> Octets => _octets.IsEmpty ? Lowest : _octets;

    static string IIsoText<IsoDateTime>.TypeName => "DATE-TIME";

    /// <summary>Makes the DATE-TIME of a time as its clock shows it, its fraction of a second cut off.</summary>
    /// <param name="value">The time.</param>
    /// <exception cref="ArgumentOutOfRangeException">It lies before 1582.</exception>
    public static implicit operator IsoDateTime(DateTime value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value.Year, 1582, nameof(value));
        return new(Encoding.ASCII.GetBytes(value.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)));
    }

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(IsoDateTime left, IsoDateTime right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(IsoDateTime left, IsoDateTime right) => !left.Equals(right);

    /// <summary>Reads the value notation without its quotation marks, YYYY-MM-DDTHH:MM:SS.</summary>
    /// <param name="notation">The text.</param>
    /// <exception cref="FormatException">It is no DATE-TIME.</exception>
    public static IsoDateTime Parse(string notation) => TryParse(notation, out var value) ? value : throw new FormatException("The text is no DATE-TIME.");

    /// <summary>Reads the value notation without its quotation marks, YYYY-MM-DDTHH:MM:SS, if it is one.</summary>
    /// <param name="notation">The text.</param>
    /// <param name="value">The value, or the default value.</param>
    public static bool TryParse(string notation, out IsoDateTime value)
    {
        ArgumentNullException.ThrowIfNull(notation);
        var isValid = TimeGrammar.IsDateTime(notation);
        value = isValid ? new(Encoding.ASCII.GetBytes(string.Concat(notation.Where(char.IsAsciiDigit)))) : default;
        return isValid;
    }

    static bool IIsoText<IsoDateTime>.IsValid(ReadOnlySpan<byte> octets) => octets.Length == 14 && TimeGrammar.IsDateTime(Notation(octets));

    static IsoDateTime IIsoText<IsoDateTime>.Wrap(ReadOnlyMemory<byte> octets) => new(octets);

    /// <summary>Gives the time; the end of the day (24:00:00) and a leap second are none that .NET has.</summary>
    /// <param name="value">The time, of unspecified kind, or the earliest.</param>
    public bool TryToDateTime(out DateTime value) => DateTime.TryParseExact(ToString(), "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    /// <inheritdoc/>
    public bool Equals(IsoDateTime other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IsoDateTime other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the value notation without its quotation marks, YYYY-MM-DDTHH:MM:SS.</summary>
    public override string ToString() => Notation(Octets.Span);

    private static string Notation(ReadOnlySpan<byte> octets)
    {
        var text = Encoding.ASCII.GetString(octets);
        return $"{text[..4]}-{text[4..6]}-{text[6..8]}T{text[8..10]}:{text[10..12]}:{text[12..]}";
    }
}
