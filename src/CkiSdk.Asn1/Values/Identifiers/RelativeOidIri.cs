using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds a RELATIVE-OID-IRI: labels below a node that is known otherwise, as Registration-Authority/19785.CBEFF (X.680 35), UTF-8.</summary>
/// <remarks>Two values are equal if their octets are. The default value is 0.</remarks>
public readonly struct RelativeOidIri : IEquatable<RelativeOidIri>, ICharacterString<RelativeOidIri>
{
    private static readonly byte[] Lowest = "0"u8.ToArray();

    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets.</param>
    /// <exception cref="ArgumentException">They are no UTF-8 of such labels.</exception>
    public RelativeOidIri(ReadOnlyMemory<byte> octets) => Octets = Alphabets.Check<RelativeOidIri>(octets);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">It is no such labels.</exception>
    public RelativeOidIri(string text) => Octets = Alphabets.Encode<RelativeOidIri>(text);

    /// <summary>Gets the content octets, UTF-8.</summary>
    public ReadOnlyMemory<byte> Octets
    {
        get => field.IsEmpty ? Lowest : field;
        private init;
    }

    static Tag ICharacterString<RelativeOidIri>.UniversalTag => Tag.RelativeOidIri;

    static string ICharacterString<RelativeOidIri>.TypeName => "RELATIVE-OID-IRI";

    static Encoding ICharacterString<RelativeOidIri>.TextEncoding => Alphabets.Utf8;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">It is no such labels.</exception>
    public static implicit operator RelativeOidIri(string text) => new(text);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(RelativeOidIri left, RelativeOidIri right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(RelativeOidIri left, RelativeOidIri right) => !left.Equals(right);

    static bool ICharacterString<RelativeOidIri>.IsValid(ReadOnlySpan<byte> octets) => Alphabets.IsUtf8(octets) && IriLabels.IsValid(Alphabets.Utf8.GetString(octets), isAbsolute: false);

    static RelativeOidIri ICharacterString<RelativeOidIri>.Wrap(ReadOnlyMemory<byte> octets) => new() { Octets = octets };

    /// <inheritdoc/>
    public bool Equals(RelativeOidIri other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RelativeOidIri other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text.</summary>
    public override string ToString() => Alphabets.Utf8.GetString(Octets.Span);
}
