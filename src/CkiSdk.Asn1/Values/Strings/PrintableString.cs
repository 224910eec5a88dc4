using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a PrintableString: letters, digits, space and <c>' ( ) + , - . / : = ?</c> (X.680 41.4).</summary>
/// <remarks>Two values are equal if their octets are. The default value is the empty string.</remarks>
public readonly struct PrintableString : IEquatable<PrintableString>, ICharacterString<PrintableString>
{
    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets.</param>
    /// <exception cref="ArgumentException">An octet lies outside the alphabet.</exception>
    public PrintableString(ReadOnlyMemory<byte> octets) => Octets = Alphabets.Check<PrintableString>(octets);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public PrintableString(string text) => Octets = Alphabets.Encode<PrintableString>(text);

    /// <summary>Gets the content octets, ASCII.</summary>
    public ReadOnlyMemory<byte> Octets { get; private init; }

    /// <summary>Gets the number of characters, which is what SIZE counts (X.680 51.5).</summary>
    public int Length => Octets.Length;

    static Tag ICharacterString<PrintableString>.UniversalTag => Tag.PrintableString;

    static string ICharacterString<PrintableString>.TypeName => "PrintableString";

    static Encoding ICharacterString<PrintableString>.TextEncoding => Alphabets.Ascii;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character lies outside the alphabet.</exception>
    public static implicit operator PrintableString(string text) => new(text);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(PrintableString left, PrintableString right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(PrintableString left, PrintableString right) => !left.Equals(right);

    static bool ICharacterString<PrintableString>.IsValid(ReadOnlySpan<byte> octets) => Alphabets.IsPrintable(octets);

    static PrintableString ICharacterString<PrintableString>.Wrap(ReadOnlyMemory<byte> octets) => new() { Octets = octets };

    /// <inheritdoc/>
    public bool Equals(PrintableString other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PrintableString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text.</summary>
    public override string ToString() => Alphabets.Ascii.GetString(Octets.Span);
}
