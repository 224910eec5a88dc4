using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a GraphicString: characters of any G set and SPACE (X.680 41.1), shown as ISO 8859-1.</summary>
/// <remarks>Two values are equal if their octets are. The default value is the empty string.</remarks>
public readonly struct GraphicString : IEquatable<GraphicString>, ICharacterString<GraphicString>
{
    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets.</param>
    /// <exception cref="ArgumentException">An octet is a control character that chooses no set.</exception>
    public GraphicString(ReadOnlyMemory<byte> octets) => Octets = Alphabets.Check<GraphicString>(octets);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public GraphicString(string text) => Octets = Alphabets.Encode<GraphicString>(text);

    /// <summary>Gets the content octets.</summary>
    public ReadOnlyMemory<byte> Octets { get; private init; }

    /// <summary>Gets the number of characters, which is what SIZE counts (X.680 51.5).</summary>
    public int Length => Octets.Length;

    static Tag ICharacterString<GraphicString>.UniversalTag => Tag.GraphicString;

    static string ICharacterString<GraphicString>.TypeName => "GraphicString";

    static Encoding ICharacterString<GraphicString>.TextEncoding => Alphabets.Latin1;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public static implicit operator GraphicString(string text) => new(text);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(GraphicString left, GraphicString right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(GraphicString left, GraphicString right) => !left.Equals(right);

    static bool ICharacterString<GraphicString>.IsValid(ReadOnlySpan<byte> octets) => Alphabets.IsGraphic(octets);

    static GraphicString ICharacterString<GraphicString>.Wrap(ReadOnlyMemory<byte> octets) => new() { Octets = octets };

    /// <inheritdoc/>
    public bool Equals(GraphicString other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GraphicString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text.</summary>
    public override string ToString() => Alphabets.Latin1.GetString(Octets.Span);
}
