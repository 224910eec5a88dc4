using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a NumericString: digits and spaces (X.680 41.2).</summary>
/// <remarks>Two values are equal if their octets are. The default value is the empty string.</remarks>
public readonly struct NumericString : IEquatable<NumericString>, ICharacterString<NumericString>
{
    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets.</param>
    /// <exception cref="ArgumentException">An octet is neither a digit nor a space.</exception>
    public NumericString(ReadOnlyMemory<byte> octets) => Octets = Alphabets.Check<NumericString>(octets);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public NumericString(string text) => Octets = Alphabets.Encode<NumericString>(text);

    /// <summary>Gets the content octets, ASCII.</summary>
    public ReadOnlyMemory<byte> Octets { get; private init; }

    /// <summary>Gets the number of characters, which is what SIZE counts (X.680 51.5).</summary>
    public int Length => Octets.Length;

    static Tag ICharacterString<NumericString>.UniversalTag => Tag.NumericString;

    static string ICharacterString<NumericString>.TypeName => "NumericString";

    static Encoding ICharacterString<NumericString>.TextEncoding => Alphabets.Ascii;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public static implicit operator NumericString(string text) => new(text);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(NumericString left, NumericString right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(NumericString left, NumericString right) => !left.Equals(right);

    static bool ICharacterString<NumericString>.IsValid(ReadOnlySpan<byte> octets) => Alphabets.IsNumeric(octets);

    static NumericString ICharacterString<NumericString>.Wrap(ReadOnlyMemory<byte> octets) => new() { Octets = octets };

    /// <inheritdoc/>
    public bool Equals(NumericString other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NumericString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text.</summary>
    public override string ToString() => Alphabets.Ascii.GetString(Octets.Span);
}
