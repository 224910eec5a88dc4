namespace CkiSdk.Asn1;

/// <summary>Judges the content of primitive elements by the rules of DER (X.690 8, 11).</summary>
internal static class DerContent
{
    /// <summary>Says what is wrong with a content; null for nothing.</summary>
    internal static (DerErrorKind Kind, string Detail)? Fault(TypeDescriptor type, ReadOnlySpan<byte> content) => type.Kind switch
    {
        TypeKind.Boolean => content.Length == 1 && content[0] is 0 or 0xFF ? null : (DerErrorKind.InvalidBoolean, "BOOLEAN that is neither 00 nor FF"),
        TypeKind.Integer => Integer.IsMinimal(content) ? null : (DerErrorKind.InvalidInteger, "INTEGER without content or with a redundant octet"),
        TypeKind.Enumerated => Enumerated(type, content),
        TypeKind.BitString => Bits(type, content),
        TypeKind.Null => content.IsEmpty ? null : (DerErrorKind.InvalidNull, "NULL with content"),
        TypeKind.ObjectIdentifier or TypeKind.RelativeOid => content.Length <= Subidentifiers.MostOctets && Subidentifiers.IsValid(content)
            ? null : (DerErrorKind.InvalidObjectIdentifier, "object identifier that is empty, ends inside an arc, pads one or is too long"),
        TypeKind.Real => RealContent.IsValid(content) ? null : (DerErrorKind.InvalidReal, "REAL that is not in its DER form"),
        TypeKind.UtcTime => TimeText.IsUtc(content) ? null : (DerErrorKind.InvalidTime, "UTCTime that is no real time as YYMMDDHHMMSSZ"),
        TypeKind.GeneralizedTime => TimeText.IsGeneralized(content) ? null : (DerErrorKind.InvalidTime, "GeneralizedTime that is no real time as YYYYMMDDHHMMSS[.f]Z"),
        >= TypeKind.Time and <= TypeKind.Duration => IsoTexts.IsValid(type.Kind, content) ? null : (DerErrorKind.InvalidTime, $"{type.Kind} that is not in its DER form"),
        _ => CharacterStrings.IsValid(type.Kind, content) ? null : (DerErrorKind.InvalidString, $"{type.Kind} with a character that is none of its alphabet"),
    };

    private static (DerErrorKind Kind, string Detail)? Enumerated(TypeDescriptor type, ReadOnlySpan<byte> content)
    {
        if (!Integer.IsMinimal(content) || content.Length > 4)
            return (DerErrorKind.InvalidEnumerated, "ENUMERATED without content, with a redundant octet or of more than 32 bits");
        var number = Integer.Narrow(content);
        return type.IsExtensible || type.Names.Any(item => item.Value == number) ? null : (DerErrorKind.InvalidEnumerated, $"{type} has no item {number}");
    }

    private static (DerErrorKind Kind, string Detail)? Bits(TypeDescriptor type, ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty || !BitString.IsValid(content[1..], content[0]))
            return (DerErrorKind.InvalidBitString, "BIT STRING with a wrong count of unused bits, or with one of them set");
        return type.Names.Count > 0 && !type.AdmitsTrailingZeros && content.Length > 1 && (content[^1] & (1 << content[0])) == 0
            ? (DerErrorKind.InvalidBitString, "BIT STRING of named bits that ends with a zero")
            : null;
    }
}
