using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a BMPString: text of the Basic Multilingual Plane, two octets a character (X.680 41.15, X.690 8.23.8).</summary>
/// <remarks>Two values are equal if their octets are. The default value is the empty string.</remarks>
public readonly struct BmpString : IEquatable<BmpString>, ICharacterString<BmpString>
{
    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets.</param>
    /// <exception cref="ArgumentException">The octets are not whole pairs, or one is a surrogate.</exception>
    public BmpString(ReadOnlyMemory<byte> octets) => Octets = Alphabets.Check<BmpString>(octets);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public BmpString(string text) => Octets = Alphabets.Encode<BmpString>(text);

    /// <summary>Gets the content octets, two a character, most significant first.</summary>
    public ReadOnlyMemory<byte> Octets { get; private init; }

    /// <summary>Gets the number of characters, which is what SIZE counts (X.680 51.5).</summary>
    public int Length => Octets.Length / 2;

    static Tag ICharacterString<BmpString>.UniversalTag => Tag.BmpString;

    static string ICharacterString<BmpString>.TypeName => "BMPString";

    static Encoding ICharacterString<BmpString>.TextEncoding => Alphabets.Utf16;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public static implicit operator BmpString(string text) => new(text);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(BmpString left, BmpString right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(BmpString left, BmpString right) => !left.Equals(right);

    static bool ICharacterString<BmpString>.IsValid(ReadOnlySpan<byte> octets) => Alphabets.IsBmp(octets);

    static BmpString ICharacterString<BmpString>.Wrap(ReadOnlyMemory<byte> octets) => new() { Octets = octets };

    /// <inheritdoc/>
    public bool Equals(BmpString other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BmpString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text.</summary>
    public override string ToString() => Alphabets.Utf16.GetString(Octets.Span);
}
