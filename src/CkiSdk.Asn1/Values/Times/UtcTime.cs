using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a UTCTime (X.680 47) as its content octets, YYMMDDHHMMSSZ (X.690 11.8); 1950 to 2049 (RFC 5280 §4.1.2.5.1).</summary>
/// <remarks>The default value is the earliest: 1950-01-01 00:00:00.</remarks>
public readonly struct UtcTime : IEquatable<UtcTime>, IComparable<UtcTime>
{
    private static readonly byte[] Earliest = "500101000000Z"u8.ToArray();

    private readonly ReadOnlyMemory<byte> _octets;

    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">YYMMDDHHMMSSZ in ASCII.</param>
    /// <exception cref="ArgumentException">They have another form or name no real time.</exception>
    public UtcTime(ReadOnlyMemory<byte> octets)
    {
        if (!TimeText.IsUtc(octets.Span))
            throw new ArgumentException("The octets are no real time as YYMMDDHHMMSSZ.", nameof(octets));
        _octets = octets;
    }

    private UtcTime(ReadOnlyMemory<byte> octets, bool _) => _octets = octets;

    /// <summary>Gets the content octets, ASCII.</summary>
    public ReadOnlyMemory<byte> Octets => _octets.IsEmpty ? Earliest : _octets;

    /// <summary>Gets the same octets for a writer, which does not need them for longer.</summary>
    internal ReadOnlySpan<byte> Span => _octets.Span is { IsEmpty: false } span ? span : Earliest;

    /// <summary>Compares the times.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(UtcTime left, UtcTime right) => left.Equals(right);

    /// <summary>Compares the times.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(UtcTime left, UtcTime right) => !left.Equals(right);

    /// <summary>Compares the times.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(UtcTime left, UtcTime right) => left.CompareTo(right) < 0;

    /// <summary>Compares the times.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(UtcTime left, UtcTime right) => left.CompareTo(right) <= 0;

    /// <summary>Compares the times.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(UtcTime left, UtcTime right) => left.CompareTo(right) > 0;

    /// <summary>Compares the times.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(UtcTime left, UtcTime right) => left.CompareTo(right) >= 0;

    /// <summary>Writes a time in UTC, its fraction of a second cut off.</summary>
    /// <param name="value">The time.</param>
    /// <exception cref="ArgumentOutOfRangeException">Its year in UTC lies outside 1950 to 2049.</exception>
    public static UtcTime From(DateTimeOffset value)
    {
        var utc = value.UtcDateTime;
        ArgumentOutOfRangeException.ThrowIfLessThan(utc.Year, 1950, nameof(value));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(utc.Year, 2049, nameof(value));
        var text = new byte[TimeText.UtcLength];
        TimeText.WriteUtc(utc, text);
        return new(text, true);
    }

    /// <summary>Gives the time.</summary>
    public DateTimeOffset ToDateTimeOffset() => TimeText.ToUtc(Octets.Span);

    /// <inheritdoc/>
    public int CompareTo(UtcTime other)
    {
        var left = Octets.Span;
        var right = other.Octets.Span;

        // The years from 50 up come first; within a century the digits compare as they stand.
        return left[0] >= '5' == right[0] >= '5' ? left.SequenceCompareTo(right) : left[0] >= '5' ? -1 : 1;
    }

    /// <inheritdoc/>
    public bool Equals(UtcTime other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UtcTime other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text of the encoding, YYMMDDHHMMSSZ.</summary>
    public override string ToString() => Encoding.ASCII.GetString(Octets.Span);

    internal static UtcTime Wrap(ReadOnlyMemory<byte> octets) => new(octets, true);
}
