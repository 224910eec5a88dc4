namespace CkiSdk.Asn1;

/// <summary>Is what WITH COMPONENTS, or one value, permits of a type that has parts without being a structure (X.680 51.8): REAL, DURATION, EXTERNAL, EMBEDDED PDV, CHARACTER STRING.</summary>
/// <param name="constraint">What their associated types must keep to (X.680 21.5, 36.5, 37.5, 38.4.4, 44.5).</param>
public sealed class PermittedParts(Constraint constraint)
{
    private static readonly TypeDescriptor RealType = TypeDescriptor.Of(TypeKind.Real, Tag.Real);
    private static readonly TypeDescriptor DurationType = TypeDescriptor.Of(TypeKind.Duration, Tag.Duration);

    /// <summary>Says whether a number can be written with a permitted mantissa, base and exponent; what is no number has none of them and is permitted.</summary>
    /// <param name="value">The number.</param>
    public bool Permits(Real value) => Permits(Element.OfContent(RealType, value.Octets));

    /// <summary>Says whether the years, months and so on are permitted.</summary>
    /// <param name="value">The duration.</param>
    public bool Permits(IsoDuration value) => Permits(Element.OfContent(DurationType, value.Octets));

    /// <summary>Says whether the parts are permitted.</summary>
    /// <param name="value">The value.</param>
    public bool Permits(External value) => Permits(value, External.Descriptor);

    /// <inheritdoc cref="Permits(External)"/>
    public bool Permits(EmbeddedPdv value) => Permits(value, EmbeddedPdv.Descriptor);

    /// <inheritdoc cref="Permits(External)"/>
    public bool Permits(CharacterString value) => Permits(value, CharacterString.Descriptor);

    private bool Permits<T>(T value, TypeDescriptor type)
        where T : IDerType<T> => Permits(new ElementParser(Der.Encode(value), isBer: true, T.Asn1Name) { AdmitsAnyValue = true }.ParseWhole(type));

    private bool Permits(Element element) => ConstraintCheck.Permits(constraint, element) != false;
}
