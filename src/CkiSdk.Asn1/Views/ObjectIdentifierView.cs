namespace CkiSdk.Asn1;

/// <summary>Reads an OBJECT IDENTIFIER where it lies (X.680 32).</summary>
public readonly ref struct ObjectIdentifierView : IDerView<ObjectIdentifierView>
{
    private readonly ReadOnlySpan<byte> _octets;

    private ObjectIdentifierView(ReadOnlySpan<byte> octets) => _octets = octets;

    /// <inheritdoc/>
    public static string Asn1Name => "OBJECT IDENTIFIER";

    /// <summary>Gets the content octets (X.690 8.19).</summary>
    public ReadOnlySpan<byte> Encoded => _octets.IsEmpty ? default(ObjectIdentifier).Encoded.Span : _octets;

    /// <summary>Lays a view over an identifier.</summary>
    /// <param name="value">The identifier.</param>
    public static implicit operator ObjectIdentifierView(ObjectIdentifier value) => new(value.Encoded.Span);

    /// <summary>Compares all arcs.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(ObjectIdentifierView left, ObjectIdentifierView right) => left.Encoded.SequenceEqual(right.Encoded);

    /// <summary>Compares all arcs.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(ObjectIdentifierView left, ObjectIdentifierView right) => !(left == right);

    /// <inheritdoc/>
    public static ObjectIdentifierView Wrap(ReadOnlySpan<byte> element) => new(ViewElement.Strip(element, 1));

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipObjectIdentifier(Tag.ObjectIdentifier);

    /// <summary>Copies the identifier.</summary>
    public ObjectIdentifier ToObjectIdentifier() => ObjectIdentifier.Wrap(Encoded.ToArray());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ObjectIdentifier other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Encoded);

    /// <summary>Writes the dotted form.</summary>
    public override string ToString() => ToObjectIdentifier().ToString();
}
