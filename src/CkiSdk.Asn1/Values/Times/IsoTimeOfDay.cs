using System.Globalization;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a TIME-OF-DAY (X.680 38.4.2) as its content octets, HHMMSS (X.690 8.26.3).</summary>
/// <remarks>The default value is 00:00:00.</remarks>
public readonly struct IsoTimeOfDay : IEquatable<IsoTimeOfDay>, IIsoText<IsoTimeOfDay>
{
    private static readonly byte[] Lowest = "000000"u8.ToArray();

    private readonly ReadOnlyMemory<byte> _octets;

    private IsoTimeOfDay(ReadOnlyMemory<byte> octets) => _octets = octets;

    /// <summary>Gets the content octets, ASCII: HHMMSS.</summary>
    public ReadOnlyMemory<byte> Octets => _octets.IsEmpty ? Lowest : _octets;

    static string IIsoText<IsoTimeOfDay>.TypeName => "TIME-OF-DAY";

    /// <summary>Makes the TIME-OF-DAY of a time, its fraction of a second cut off.</summary>
    /// <param name="value">The time.</param>
    public static implicit operator IsoTimeOfDay(TimeOnly value) => new(Encoding.ASCII.GetBytes(value.ToString("HHmmss", CultureInfo.InvariantCulture)));

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(IsoTimeOfDay left, IsoTimeOfDay right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(IsoTimeOfDay left, IsoTimeOfDay right) => !left.Equals(right);

    /// <summary>Reads the value notation without its quotation marks, HH:MM:SS.</summary>
    /// <param name="notation">The text.</param>
    /// <exception cref="FormatException">It is no TIME-OF-DAY.</exception>
    public static IsoTimeOfDay Parse(string notation) => TryParse(notation, out var value) ? value : throw new FormatException("The text is no TIME-OF-DAY.");

    /// <summary>Reads the value notation without its quotation marks, HH:MM:SS, if it is one.</summary>
    /// <param name="notation">The text.</param>
    /// <param name="value">The value, or the default value.</param>
    public static bool TryParse(string notation, out IsoTimeOfDay value)
    {
        ArgumentNullException.ThrowIfNull(notation);
        var isValid = TimeGrammar.IsTimeOfDay(notation);
        value = isValid ? new(Encoding.ASCII.GetBytes(notation.Replace(":", "", StringComparison.Ordinal))) : default;
        return isValid;
    }

    static bool IIsoText<IsoTimeOfDay>.IsValid(ReadOnlySpan<byte> octets) => octets.Length == 6 && TimeGrammar.IsTimeOfDay(Notation(octets));

    static IsoTimeOfDay IIsoText<IsoTimeOfDay>.Wrap(ReadOnlyMemory<byte> octets) => new(octets);

    /// <summary>Gives the time; the end of the day (24:00:00) and a leap second are none that .NET has.</summary>
    /// <param name="value">The time, or midnight.</param>
    public bool TryToTimeOnly(out TimeOnly value) => TimeOnly.TryParseExact(ToString(), "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    /// <inheritdoc/>
    public bool Equals(IsoTimeOfDay other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IsoTimeOfDay other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the value notation without its quotation marks, HH:MM:SS.</summary>
    public override string ToString() => Notation(Octets.Span);

    private static string Notation(ReadOnlySpan<byte> octets)
    {
        var text = Encoding.ASCII.GetString(octets);
        return $"{text[..2]}:{text[2..4]}:{text[4..]}";
    }
}
