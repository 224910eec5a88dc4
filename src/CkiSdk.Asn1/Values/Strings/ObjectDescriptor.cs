using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds an ObjectDescriptor: words that describe an object (X.680 48), a GraphicString.</summary>
/// <remarks>Two values are equal if their octets are. The default value is the empty string.</remarks>
public readonly struct ObjectDescriptor : IEquatable<ObjectDescriptor>, ICharacterString<ObjectDescriptor>
{
    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets.</param>
    /// <exception cref="ArgumentException">An octet is a control character that chooses no set.</exception>
    public ObjectDescriptor(ReadOnlyMemory<byte> octets) => Octets = Alphabets.Check<ObjectDescriptor>(octets);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public ObjectDescriptor(string text) => Octets = Alphabets.Encode<ObjectDescriptor>(text);

    /// <summary>Gets the content octets.</summary>
    public ReadOnlyMemory<byte> Octets { get; private init; }

    /// <summary>Gets the number of characters, which is what SIZE counts (X.680 51.5).</summary>
    public int Length => Octets.Length;

    static Tag ICharacterString<ObjectDescriptor>.UniversalTag => Tag.ObjectDescriptor;

    static string ICharacterString<ObjectDescriptor>.TypeName => "ObjectDescriptor";

    static Encoding ICharacterString<ObjectDescriptor>.TextEncoding => Alphabets.Latin1;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public static implicit operator ObjectDescriptor(string text) => new(text);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(ObjectDescriptor left, ObjectDescriptor right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(ObjectDescriptor left, ObjectDescriptor right) => !left.Equals(right);

    static bool ICharacterString<ObjectDescriptor>.IsValid(ReadOnlySpan<byte> octets) => Alphabets.IsGraphic(octets);

    static ObjectDescriptor ICharacterString<ObjectDescriptor>.Wrap(ReadOnlyMemory<byte> octets) => new() { Octets = octets };

    /// <inheritdoc/>
    public bool Equals(ObjectDescriptor other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ObjectDescriptor other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text.</summary>
    public override string ToString() => Alphabets.Latin1.GetString(Octets.Span);
}
