namespace CkiSdk.Asn1;

/// <summary>Reads an element of any type where it lies, such as the value of an open type (X.681 14).</summary>
public readonly ref struct AnyView : IDerView<AnyView>
{
    private readonly ReadOnlySpan<byte> _element;

    private AnyView(ReadOnlySpan<byte> element) => _element = element;

    /// <inheritdoc/>
    public static string Asn1Name => "ANY";

    /// <summary>Gets identifier, length and content.</summary>
    public ReadOnlySpan<byte> Encoded => _element;

    /// <summary>Gets the content.</summary>
    public ReadOnlySpan<byte> Content => ViewElement.Strip(_element, 1);

    /// <summary>Gets the tag.</summary>
    public Tag Tag => ViewElement.TagOf(_element);

    /// <summary>Lays a view over the element of a view.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator AnyView(AnyValue value) => new(value.Encoded.Span);

    /// <inheritdoc/>
    public static AnyView Wrap(ReadOnlySpan<byte> element) => new(element);

    /// <inheritdoc/>
    public static void Validate(ref DerReader reader) => reader.SkipAny();

    /// <summary>Validates the element as a type and reads it so.</summary>
    /// <typeparam name="TView">The view of the type.</typeparam>
    /// <param name="limits">What the reader admits; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">The element is not the DER of this type; offsets count from its first octet.</exception>
    public TView Decode<TView>(DerLimits? limits = null)
        where TView : IDerView<TView>, allows ref struct => Der.DecodeView<TView>(_element, limits);

    /// <summary>Copies the element.</summary>
    public AnyValue ToValue() => AnyValue.Wrap(_element.ToArray());
}
