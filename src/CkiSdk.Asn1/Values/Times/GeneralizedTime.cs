using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a GeneralizedTime (X.680 46) as its content octets, YYYYMMDDHHMMSS[.f]Z (X.690 11.7).</summary>
/// <remarks>The default value is the earliest: 0001-01-01 00:00:00.</remarks>
public readonly struct GeneralizedTime : IEquatable<GeneralizedTime>, IComparable<GeneralizedTime>
{
    private static readonly byte[] Earliest = "00010101000000Z"u8.ToArray();

    private readonly ReadOnlyMemory<byte> _octets;

    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">YYYYMMDDHHMMSS[.f]Z in ASCII.</param>
    /// <exception cref="ArgumentException">They have another form or name no real time.</exception>
    public GeneralizedTime(ReadOnlyMemory<byte> octets)
    {
        if (!TimeText.IsGeneralized(octets.Span))
            throw new ArgumentException("The octets are no real time as YYYYMMDDHHMMSS[.f]Z.", nameof(octets));
        _octets = octets;
    }

    private GeneralizedTime(ReadOnlyMemory<byte> octets, bool _) => _octets = octets;

    /// <summary>Gets the content octets, ASCII.</summary>
    public ReadOnlyMemory<byte> Octets => _octets.IsEmpty ? Earliest : _octets;

    /// <summary>Gets the same octets for a writer, which does not need them for longer.</summary>
    internal ReadOnlySpan<byte> Span => _octets.Span is { IsEmpty: false } span ? span : Earliest;

    /// <summary>Compares the times.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(GeneralizedTime left, GeneralizedTime right) => left.Equals(right);

    /// <summary>Compares the times.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(GeneralizedTime left, GeneralizedTime right) => !left.Equals(right);

    /// <summary>Compares the times.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(GeneralizedTime left, GeneralizedTime right) => left.CompareTo(right) < 0;

    /// <summary>Compares the times.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(GeneralizedTime left, GeneralizedTime right) => left.CompareTo(right) <= 0;

    /// <summary>Compares the times.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(GeneralizedTime left, GeneralizedTime right) => left.CompareTo(right) > 0;

    /// <summary>Compares the times.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(GeneralizedTime left, GeneralizedTime right) => left.CompareTo(right) >= 0;

    /// <summary>Writes a time in UTC, its fraction of a second cut off.</summary>
    /// <param name="value">The time.</param>
    public static GeneralizedTime From(DateTimeOffset value) => From(value, 0);

    /// <summary>Writes a time in UTC with a fraction of a second, which loses its trailing zeros (X.690 11.7.3).</summary>
    /// <param name="value">The time.</param>
    /// <param name="fractionDigits">How many digits of the fraction are kept, 0 to 7.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of digits is out of range.</exception>
    public static GeneralizedTime From(DateTimeOffset value, int fractionDigits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fractionDigits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fractionDigits, 7);
        Span<byte> text = stackalloc byte[TimeText.LongestGeneralized];
        return new(text[..TimeText.WriteGeneralized(value.UtcDateTime, fractionDigits, text)].ToArray(), true);
    }

    /// <summary>Gives the time; digits of the fraction beyond the seventh are cut off.</summary>
    public DateTimeOffset ToDateTimeOffset() => TimeText.ToGeneralized(Octets.Span);

    /// <inheritdoc/>
    public int CompareTo(GeneralizedTime other) => Octets.Span[..^1].SequenceCompareTo(other.Octets.Span[..^1]);

    /// <inheritdoc/>
    public bool Equals(GeneralizedTime other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GeneralizedTime other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text of the encoding, YYYYMMDDHHMMSS[.f]Z.</summary>
    public override string ToString() => Encoding.ASCII.GetString(Octets.Span);

    internal static GeneralizedTime Wrap(ReadOnlyMemory<byte> octets) => new(octets, true);
}
