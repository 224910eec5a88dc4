using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds an IA5String: ASCII with its control characters (X.680 41.1).</summary>
/// <remarks>Two values are equal if their octets are. The default value is the empty string.</remarks>
public readonly struct Ia5String : IEquatable<Ia5String>, ICharacterString<Ia5String>
{
    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets.</param>
    /// <exception cref="ArgumentException">An octet lies above 7F.</exception>
    public Ia5String(ReadOnlyMemory<byte> octets) => Octets = Alphabets.Check<Ia5String>(octets);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public Ia5String(string text) => Octets = Alphabets.Encode<Ia5String>(text);

    /// <summary>Gets the content octets, ASCII.</summary>
    public ReadOnlyMemory<byte> Octets { get; private init; }

    /// <summary>Gets the number of characters, which is what SIZE counts (X.680 51.5).</summary>
    public int Length => Octets.Length;

    static Tag ICharacterString<Ia5String>.UniversalTag => Tag.Ia5String;

    static string ICharacterString<Ia5String>.TypeName => "IA5String";

    static Encoding ICharacterString<Ia5String>.TextEncoding => Alphabets.Ascii;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public static implicit operator Ia5String(string text) => new(text);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Ia5String left, Ia5String right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Ia5String left, Ia5String right) => !left.Equals(right);

    static bool ICharacterString<Ia5String>.IsValid(ReadOnlySpan<byte> octets) => Alphabets.IsIa5(octets);

    static Ia5String ICharacterString<Ia5String>.Wrap(ReadOnlyMemory<byte> octets) => new() { Octets = octets };

    /// <inheritdoc/>
    public bool Equals(Ia5String other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Ia5String other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text.</summary>
    public override string ToString() => Alphabets.Ascii.GetString(Octets.Span);
}
