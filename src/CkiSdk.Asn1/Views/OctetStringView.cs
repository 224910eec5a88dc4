namespace CkiSdk.Asn1;

/// <summary>Reads an OCTET STRING where it lies (X.680 23).</summary>
public readonly ref struct OctetStringView : IDerView<OctetStringView>
{
    private OctetStringView(ReadOnlySpan<byte> octets) => Octets = octets;

    /// <inheritdoc/>
    public static string Asn1Name => "OCTET STRING";

    /// <summary>Gets the octets.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>Gives the octets.</summary>
    /// <param name="view">The view.</param>
    public static implicit operator ReadOnlySpan<byte>(OctetStringView view) => view.Octets;

    /// <inheritdoc/>
    public static OctetStringView Wrap(ReadOnlySpan<byte> element) => new(ViewElement.Strip(element, 1));

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipOctetString(Tag.OctetString);
}
