using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a VisibleString: ASCII without control characters (X.680 41.1).</summary>
/// <remarks>Two values are equal if their octets are. The default value is the empty string.</remarks>
public readonly struct VisibleString : IEquatable<VisibleString>, ICharacterString<VisibleString>
{
    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets.</param>
    /// <exception cref="ArgumentException">An octet lies outside 20 to 7E.</exception>
    public VisibleString(ReadOnlyMemory<byte> octets) => Octets = Alphabets.Check<VisibleString>(octets);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public VisibleString(string text) => Octets = Alphabets.Encode<VisibleString>(text);

    /// <summary>Gets the content octets, ASCII.</summary>
    public ReadOnlyMemory<byte> Octets { get; private init; }

    /// <summary>Gets the number of characters, which is what SIZE counts (X.680 51.5).</summary>
    public int Length => Octets.Length;

    static Tag ICharacterString<VisibleString>.UniversalTag => Tag.VisibleString;

    static string ICharacterString<VisibleString>.TypeName => "VisibleString";

    static Encoding ICharacterString<VisibleString>.TextEncoding => Alphabets.Ascii;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public static implicit operator VisibleString(string text) => new(text);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(VisibleString left, VisibleString right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(VisibleString left, VisibleString right) => !left.Equals(right);

    static bool ICharacterString<VisibleString>.IsValid(ReadOnlySpan<byte> octets) => Alphabets.IsVisible(octets);

    static VisibleString ICharacterString<VisibleString>.Wrap(ReadOnlyMemory<byte> octets) => new() { Octets = octets };

    /// <inheritdoc/>
    public bool Equals(VisibleString other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is VisibleString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text.</summary>
    public override string ToString() => Alphabets.Ascii.GetString(Octets.Span);
}
