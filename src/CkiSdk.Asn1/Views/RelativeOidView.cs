namespace CkiSdk.Asn1;

/// <summary>Reads a RELATIVE-OID where it lies (X.680 33).</summary>
public readonly ref struct RelativeOidView : IDerView<RelativeOidView>
{
    private readonly ReadOnlySpan<byte> _octets;

    private RelativeOidView(ReadOnlySpan<byte> octets) => _octets = octets;

    /// <inheritdoc/>
    public static string Asn1Name => "RELATIVE-OID";

    /// <summary>Gets the content octets (X.690 8.20).</summary>
    public ReadOnlySpan<byte> Encoded => _octets.IsEmpty ? default(RelativeOid).Encoded.Span : _octets;

    /// <summary>Lays a view over an identifier.</summary>
    /// <param name="value">The identifier.</param>
    public static implicit operator RelativeOidView(RelativeOid value) => new(value.Encoded.Span);

    /// <summary>Compares all arcs.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(RelativeOidView left, RelativeOidView right) => left.Encoded.SequenceEqual(right.Encoded);

    /// <summary>Compares all arcs.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(RelativeOidView left, RelativeOidView right) => !(left == right);

    /// <inheritdoc/>
    public static RelativeOidView Wrap(ReadOnlySpan<byte> element) => new(ViewElement.Strip(element, 1));

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipRelativeOid(Tag.RelativeOid);

    /// <summary>Copies the identifier.</summary>
    public RelativeOid ToRelativeOid() => RelativeOid.Wrap(Encoded.ToArray());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RelativeOid other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode() => OctetHash.Of(Encoded);

    /// <summary>Writes the dotted form.</summary>
    public override string ToString() => ToRelativeOid().ToString();
}
