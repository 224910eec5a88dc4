using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a UTF8String: any Unicode text, strict UTF-8 (X.680 41.16, X.690 8.23.10).</summary>
/// <remarks>Two values are equal if their octets are. The default value is the empty string.</remarks>
public readonly struct Utf8String : IEquatable<Utf8String>, ICharacterString<Utf8String>
{
    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets.</param>
    /// <exception cref="ArgumentException">The octets are not UTF-8.</exception>
    public Utf8String(ReadOnlyMemory<byte> octets) => Octets = Alphabets.Check<Utf8String>(octets);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public Utf8String(string text) => Octets = Alphabets.Encode<Utf8String>(text);

    /// <summary>Gets the content octets, UTF-8.</summary>
    public ReadOnlyMemory<byte> Octets { get; private init; }

    /// <summary>Gets the number of characters, which is what SIZE counts (X.680 51.5).</summary>
    public int Length => Alphabets.CountUtf8(Octets.Span);

    static Tag ICharacterString<Utf8String>.UniversalTag => Tag.Utf8String;

    static string ICharacterString<Utf8String>.TypeName => "UTF8String";

    static Encoding ICharacterString<Utf8String>.TextEncoding => Alphabets.Utf8;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public static implicit operator Utf8String(string text) => new(text);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Utf8String left, Utf8String right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Utf8String left, Utf8String right) => !left.Equals(right);

    static bool ICharacterString<Utf8String>.IsValid(ReadOnlySpan<byte> octets) => Alphabets.IsUtf8(octets);

    static Utf8String ICharacterString<Utf8String>.Wrap(ReadOnlyMemory<byte> octets) => new() { Octets = octets };

    /// <inheritdoc/>
    public bool Equals(Utf8String other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Utf8String other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text.</summary>
    public override string ToString() => Alphabets.Utf8.GetString(Octets.Span);
}
