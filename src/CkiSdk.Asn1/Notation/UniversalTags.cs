namespace CkiSdk.Asn1;

/// <summary>Knows the universal tags of the builtin types (X.680 8.6, Table 1).</summary>
internal static class UniversalTags
{
    private const int FirstAboveString = 31;

    /// <summary>Returns the tag; null for types that have none.</summary>
    internal static Tag? Of(TypeKind kind) => kind switch
    {
        TypeKind.Any or TypeKind.Choice => null,
        TypeKind.Boolean => Tag.Boolean,
        TypeKind.Integer => Tag.Integer,
        TypeKind.BitString => Tag.BitString,
        TypeKind.OctetString => Tag.OctetString,
        TypeKind.Null => Tag.Null,
        TypeKind.ObjectIdentifier => Tag.ObjectIdentifier,
        TypeKind.RelativeOid => Tag.RelativeOid,
        TypeKind.Real => Tag.Real,
        TypeKind.Enumerated => Tag.Enumerated,
        TypeKind.Sequence or TypeKind.SequenceOf => Tag.Sequence,
        TypeKind.Set or TypeKind.SetOf => Tag.Set,
        TypeKind.External => Tag.External,
        TypeKind.EmbeddedPdv => Tag.EmbeddedPdv,
        TypeKind.CharacterString => Universal(29, constructed: true),
        TypeKind.ObjectDescriptor => Tag.ObjectDescriptor,
        TypeKind.Utf8String => Tag.Utf8String,
        TypeKind.Time => Universal(14),
        >= TypeKind.NumericString and <= TypeKind.Ia5String => Universal(18 + (kind - TypeKind.NumericString)),
        TypeKind.GraphicString => Tag.GraphicString,
        TypeKind.VisibleString => Tag.VisibleString,
        TypeKind.GeneralString => Tag.GeneralString,
        TypeKind.UniversalString => Tag.UniversalString,
        TypeKind.BmpString => Tag.BmpString,
        TypeKind.UtcTime => Tag.UtcTime,
        TypeKind.GeneralizedTime => Tag.GeneralizedTime,
        >= TypeKind.Date and <= TypeKind.Duration => Universal(FirstAboveString + (kind - TypeKind.Date)),
        TypeKind.OidIri => Universal(35),
        _ => Universal(36),
    };

    private static Tag Universal(int number, bool constructed = false) => new(TagClass.Universal, number, constructed);
}
