using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Holds an OID-IRI: labels of the tree of object identifiers as /ISO/Registration-Authority/19785.CBEFF (X.680 34), UTF-8.</summary>
/// <remarks>Two values are equal if their octets are. The default value is /0.</remarks>
public readonly struct OidIri : IEquatable<OidIri>, ICharacterString<OidIri>
{
    private static readonly byte[] Lowest = "/0"u8.ToArray();

    /// <summary>Wraps content octets, without a copy.</summary>
    /// <param name="octets">The content octets.</param>
    /// <exception cref="ArgumentException">They are no UTF-8 of such labels.</exception>
    public OidIri(ReadOnlyMemory<byte> octets) => Octets = Alphabets.Check<OidIri>(octets);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">It is no such labels.</exception>
    public OidIri(string text) => Octets = Alphabets.Encode<OidIri>(text);

    /// <summary>Gets the content octets, UTF-8.</summary>
    public ReadOnlyMemory<byte> Octets
    {
        get => field.IsEmpty ? Lowest : field;
        private init;
    }

    static Tag ICharacterString<OidIri>.UniversalTag => Tag.OidIri;

    static string ICharacterString<OidIri>.TypeName => "OID-IRI";

    static Encoding ICharacterString<OidIri>.TextEncoding => Alphabets.Utf8;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">It is no such labels.</exception>
    public static implicit operator OidIri(string text) => new(text);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(OidIri left, OidIri right) => left.Equals(right);

    /// <summary>Compares the octets.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(OidIri left, OidIri right) => !left.Equals(right);

    static bool ICharacterString<OidIri>.IsValid(ReadOnlySpan<byte> octets) => Alphabets.IsUtf8(octets) && IriLabels.IsValid(Alphabets.Utf8.GetString(octets), isAbsolute: true);

    static OidIri ICharacterString<OidIri>.Wrap(ReadOnlyMemory<byte> octets) => new() { Octets = octets };

    /// <inheritdoc/>
    public bool Equals(OidIri other) => Octets.Span.SequenceEqual(other.Octets.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OidIri other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Octets.Span);

    /// <summary>Gives the text.</summary>
    public override string ToString() => Alphabets.Utf8.GetString(Octets.Span);
}
