using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a UniversalString: Unicode text, four octets a character (X.680 41.6, X.690 8.23.7).</summary>
/// <remarks>Two values are equal if their octets are. The default value is the empty string.</remarks>
public readonly struct UniversalString : IEquatable<UniversalString>, ICharacterString<UniversalString>
{
    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets.</param>
    /// <exception cref="ArgumentException">The octets are not whole characters, or one is no Unicode scalar value.</exception>
    public UniversalString(ReadOnlyMemory<byte> octets) => Octets = Alphabets.Check<UniversalString>(octets);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public UniversalString(string text) => Octets = Alphabets.Encode<UniversalString>(text);

    /// <summary>Gets the content octets, four a character, most significant first.</summary>
    public ReadOnlyMemory<byte> Octets { get; private init; }

    /// <summary>Gets the number of characters, which is what SIZE counts (X.680 51.5).</summary>
    public int Length => Octets.Length / 4;

    static Tag ICharacterString<UniversalString>.UniversalTag => Tag.UniversalString;

    static string ICharacterString<UniversalString>.TypeName => "UniversalString";

    static Encoding ICharacterString<UniversalString>.TextEncoding => Alphabets.Utf32;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public static implicit operator UniversalString(string text) => new(text);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(UniversalString left, UniversalString right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(UniversalString left, UniversalString right) => !left.Equals(right);

    static bool ICharacterString<UniversalString>.IsValid(ReadOnlySpan<byte> octets) => Alphabets.IsUniversal(octets);

    static UniversalString ICharacterString<UniversalString>.Wrap(ReadOnlyMemory<byte> octets) => new() { Octets = octets };

    /// <inheritdoc/>
    public bool Equals(UniversalString other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UniversalString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text.</summary>
    public override string ToString() => Alphabets.Utf32.GetString(Octets.Span);
}
