namespace CkiSdk.Asn1;

/// <summary>Makes values of EXTERNAL whose parts a constraint limits.</summary>
internal static class RandomExternal
{
    // X.680 37.5: of the ways to name a syntax these are not there.
    private static readonly Constraint Possible = new Constraint.Components(true, new Constraint.Component("identification", null, new Constraint.Components(
        true, new Constraint.Component("syntaxes", false), new Constraint.Component("transfer-syntax", false), new Constraint.Component("fixed", false))));

    /// <summary>Makes a value.</summary>
    /// <param name="type">The type.</param>
    /// <param name="component">The component that it is.</param>
    /// <param name="make">Makes a value of the associated type.</param>
    internal static Element Make(TypeDescriptor type, ComponentDescriptor? component, Func<TypeDescriptor, Element> make)
    {
        var associated = EmbeddedPdv.Descriptor.Under(Possible);
        for (var current = type; current is not null; current = current.Base)
        {
            if (current.Constraint is { } constraint)
                associated = associated.Under(constraint);
        }

        var value = Der.Encode(External(Der.Decode<EmbeddedPdv>(ElementEncoder.Encode(make(associated)))));
        return Element.OfContent(type, ElementEncoder.Content(new ElementParser(value, isBer: true, "").ParseWhole(CkiSdk.Asn1.External.Descriptor)), component);
    }

    private static External External(EmbeddedPdv value)
    {
        var (direct, indirect) = value.Identification switch
        {
            PdvIdentification.Syntax syntax => ((ObjectIdentifier?)syntax.Value, default(Integer?)),
            PdvIdentification.PresentationContextId context => (default(ObjectIdentifier?), (Integer?)context.Value),
            PdvIdentification.ContextNegotiation negotiation => ((ObjectIdentifier?)negotiation.Transfer, (Integer?)negotiation.Context),
            _ => throw new InvalidOperationException("EXTERNAL permits no such identification."),
        };
        var data = new Element(TypeDescriptor.Of(TypeKind.OctetString, Tag.Context(1, false))) { Tag = Tag.Context(1, false), Content = value.DataValue.Memory };
        return new External { DirectReference = direct, IndirectReference = indirect, DataValueDescriptor = value.DataValueDescriptor, Encoding = new AnyValue(ElementEncoder.Encode(data)) };
    }
}
