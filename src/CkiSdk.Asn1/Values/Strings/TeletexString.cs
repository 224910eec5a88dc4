using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a TeletexString: octets under the registrations of T.61 (X.680 41.1), shown as ISO 8859-1, as the field does.</summary>
/// <remarks>Two values are equal if their octets are. The default value is the empty string.</remarks>
public readonly struct TeletexString : IEquatable<TeletexString>, ICharacterString<TeletexString>
{
    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets.</param>
    /// <exception cref="ArgumentException">Never; every octet occurs.</exception>
    public TeletexString(ReadOnlyMemory<byte> octets) => Octets = Alphabets.Check<TeletexString>(octets);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public TeletexString(string text) => Octets = Alphabets.Encode<TeletexString>(text);

    /// <summary>Gets the content octets.</summary>
    public ReadOnlyMemory<byte> Octets { get; private init; }

    /// <summary>Gets the number of characters, which is what SIZE counts (X.680 51.5).</summary>
    public int Length => Octets.Length;

    static Tag ICharacterString<TeletexString>.UniversalTag => Tag.TeletexString;

    static string ICharacterString<TeletexString>.TypeName => "TeletexString";

    static Encoding ICharacterString<TeletexString>.TextEncoding => Alphabets.Latin1;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public static implicit operator TeletexString(string text) => new(text);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(TeletexString left, TeletexString right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(TeletexString left, TeletexString right) => !left.Equals(right);

    static bool ICharacterString<TeletexString>.IsValid(ReadOnlySpan<byte> octets) => true;

    static TeletexString ICharacterString<TeletexString>.Wrap(ReadOnlyMemory<byte> octets) => new() { Octets = octets };

    /// <inheritdoc/>
    public bool Equals(TeletexString other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TeletexString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text.</summary>
    public override string ToString() => Alphabets.Latin1.GetString(Octets.Span);
}
