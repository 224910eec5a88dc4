using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a DURATION (X.680 38.4.4) as its content octets, the notation without its P (X.690 8.26.5).</summary>
/// <remarks>The default value is PT0S.</remarks>
public readonly struct IsoDuration : IEquatable<IsoDuration>, IIsoText<IsoDuration>
{
    private static readonly byte[] Lowest = "T0S"u8.ToArray();

    private readonly ReadOnlyMemory<byte> _octets;

    private IsoDuration(ReadOnlyMemory<byte> octets) => _octets = octets;

    /// <summary>Gets the content octets, ASCII: the notation without its P.</summary>
    public ReadOnlyMemory<byte> Octets => _octets.IsEmpty ? Lowest : _octets;

    static string IIsoText<IsoDuration>.TypeName => "DURATION";

    /// <summary>Makes the DURATION of a time span in days, hours, minutes and seconds.</summary>
    /// <param name="value">The span.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below zero.</exception>
    public static implicit operator IsoDuration(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(value));
        return Parse(System.Xml.XmlConvert.ToString(value));
    }

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(IsoDuration left, IsoDuration right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(IsoDuration left, IsoDuration right) => !left.Equals(right);

    /// <summary>Reads the value notation without its quotation marks, such as P1Y2M3DT4H5M6.7S.</summary>
    /// <param name="notation">The text.</param>
    /// <exception cref="FormatException">It is no DURATION.</exception>
    public static IsoDuration Parse(string notation) => TryParse(notation, out var value) ? value : throw new FormatException("The text is no DURATION.");

    /// <summary>Reads the value notation without its quotation marks, such as P1Y2M3DT4H5M6.7S, if it is one.</summary>
    /// <param name="notation">The text.</param>
    /// <param name="value">The value, or the default value.</param>
    public static bool TryParse(string notation, out IsoDuration value)
    {
        ArgumentNullException.ThrowIfNull(notation);
        var isValid = TimeGrammar.IsDuration(notation);
        value = isValid ? new(Encoding.ASCII.GetBytes(notation[1..].Replace(',', '.'))) : default;
        return isValid;
    }

    static bool IIsoText<IsoDuration>.IsValid(ReadOnlySpan<byte> octets) => !octets.Contains((byte)',') && TimeGrammar.IsDuration("P" + Encoding.ASCII.GetString(octets));

    static IsoDuration IIsoText<IsoDuration>.Wrap(ReadOnlyMemory<byte> octets) => new(octets);

    /// <summary>Gives the time span; years and months have no fixed one.</summary>
    /// <param name="value">The span, or zero.</param>
    public bool TryToTimeSpan(out TimeSpan value) => IsoDurationParts.TryToTimeSpan(ToString(), out value);

    /// <inheritdoc/>
    public bool Equals(IsoDuration other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IsoDuration other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the value notation without its quotation marks, such as P1Y2M3DT4H5M6.7S.</summary>
    public override string ToString() => "P" + Encoding.ASCII.GetString(Octets.Span);
}
