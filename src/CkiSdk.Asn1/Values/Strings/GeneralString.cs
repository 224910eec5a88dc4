using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a GeneralString: characters of any G and C set (X.680 41.1), shown as ISO 8859-1.</summary>
/// <remarks>Two values are equal if their octets are. The default value is the empty string.</remarks>
public readonly struct GeneralString : IEquatable<GeneralString>, ICharacterString<GeneralString>
{
    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets.</param>
    /// <exception cref="ArgumentException">Never; every octet occurs.</exception>
    public GeneralString(ReadOnlyMemory<byte> octets) => Octets = Alphabets.Check<GeneralString>(octets);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public GeneralString(string text) => Octets = Alphabets.Encode<GeneralString>(text);

    /// <summary>Gets the content octets.</summary>
    public ReadOnlyMemory<byte> Octets { get; private init; }

    /// <summary>Gets the number of characters, which is what SIZE counts (X.680 51.5).</summary>
    public int Length => Octets.Length;

    static Tag ICharacterString<GeneralString>.UniversalTag => Tag.GeneralString;

    static string ICharacterString<GeneralString>.TypeName => "GeneralString";

    static Encoding ICharacterString<GeneralString>.TextEncoding => Alphabets.Latin1;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public static implicit operator GeneralString(string text) => new(text);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(GeneralString left, GeneralString right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(GeneralString left, GeneralString right) => !left.Equals(right);

    static bool ICharacterString<GeneralString>.IsValid(ReadOnlySpan<byte> octets) => true;

    static GeneralString ICharacterString<GeneralString>.Wrap(ReadOnlyMemory<byte> octets) => new() { Octets = octets };

    /// <inheritdoc/>
    public bool Equals(GeneralString other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GeneralString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text.</summary>
    public override string ToString() => Alphabets.Latin1.GetString(Octets.Span);
}
