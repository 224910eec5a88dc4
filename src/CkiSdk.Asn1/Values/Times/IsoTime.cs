using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a TIME (X.680 38.1): a date, a time of day, both, or an interval, as its content octets, the notation (X.690 8.26.1).</summary>
/// <remarks>The default value is 00:00:00.</remarks>
public readonly struct IsoTime : IEquatable<IsoTime>, IIsoText<IsoTime>
{
    private static readonly byte[] Lowest = "00:00:00"u8.ToArray();

    private readonly ReadOnlyMemory<byte> _octets;

    private IsoTime(ReadOnlyMemory<byte> octets) => _octets = octets;

    /// <summary>Gets the content octets, ASCII: the notation.</summary>
    public ReadOnlyMemory<byte> Octets => _octets.IsEmpty ? Lowest : _octets;

    static string IIsoText<IsoTime>.TypeName => "TIME";

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(IsoTime left, IsoTime right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(IsoTime left, IsoTime right) => !left.Equals(right);

    /// <summary>Reads the value notation without its quotation marks, such as 1985-W15-5 or 15:27:35.5Z.</summary>
    /// <param name="notation">The text.</param>
    /// <exception cref="FormatException">It is no TIME.</exception>
    public static IsoTime Parse(string notation) => TryParse(notation, out var value) ? value : throw new FormatException("The text is no TIME.");

    /// <summary>Reads the value notation without its quotation marks, such as 1985-W15-5 or 15:27:35.5Z, if it is one.</summary>
    /// <param name="notation">The text.</param>
    /// <param name="value">The value, or the default value.</param>
    public static bool TryParse(string notation, out IsoTime value)
    {
        ArgumentNullException.ThrowIfNull(notation);
        var isValid = TimeGrammar.IsTime(notation);
        value = isValid ? new(Encoding.ASCII.GetBytes(IsoTimeForm.Canonical(notation))) : default;
        return isValid;
    }

    static bool IIsoText<IsoTime>.IsValid(ReadOnlySpan<byte> octets) => IsoTimeForm.IsCanonical(Encoding.ASCII.GetString(octets)) && TimeGrammar.IsTime(Encoding.ASCII.GetString(octets));

    static IsoTime IIsoText<IsoTime>.Wrap(ReadOnlyMemory<byte> octets) => new(octets);

    /// <inheritdoc/>
    public bool Equals(IsoTime other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IsoTime other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the value notation without its quotation marks, such as 1985-W15-5 or 15:27:35.5Z.</summary>
    public override string ToString() => Encoding.ASCII.GetString(Octets.Span);
}
