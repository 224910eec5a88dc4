namespace CkiSdk.Asn1;

/// <content>The universal tags (X.680 8.6, Table 1), in the form that DER demands (X.690 10.2).</content>
public readonly partial struct Tag
{
    private static readonly string[] UniversalNames =
    [
        "", "BOOLEAN", "INTEGER", "BIT STRING",
        "OCTET STRING", "NULL", "OBJECT IDENTIFIER", "ObjectDescriptor",
        "EXTERNAL", "REAL", "ENUMERATED", "EMBEDDED PDV",
        "UTF8String", "RELATIVE-OID", "TIME", "",
        "SEQUENCE", "SET", "NumericString", "PrintableString",
        "TeletexString", "VideotexString", "IA5String", "UTCTime",
        "GeneralizedTime", "GraphicString", "VisibleString", "GeneralString",
        "UniversalString", "CHARACTER STRING", "BMPString", "DATE",
        "TIME-OF-DAY", "DATE-TIME", "DURATION", "OID-IRI", "RELATIVE-OID-IRI",
    ];

    /// <summary>Gets the tag of BOOLEAN, [UNIVERSAL 1].</summary>
    public static Tag Boolean => new(0x01);

    /// <summary>Gets the tag of INTEGER, [UNIVERSAL 2].</summary>
    public static Tag Integer => new(0x02);

    /// <summary>Gets the tag of BIT STRING, [UNIVERSAL 3].</summary>
    public static Tag BitString => new(0x03);

    /// <summary>Gets the tag of OCTET STRING, [UNIVERSAL 4].</summary>
    public static Tag OctetString => new(0x04);

    /// <summary>Gets the tag of NULL, [UNIVERSAL 5].</summary>
    public static Tag Null => new(0x05);

    /// <summary>Gets the tag of OBJECT IDENTIFIER, [UNIVERSAL 6].</summary>
    public static Tag ObjectIdentifier => new(0x06);

    /// <summary>Gets the tag of ObjectDescriptor, [UNIVERSAL 7].</summary>
    public static Tag ObjectDescriptor => new(0x07);

    /// <summary>Gets the tag of EXTERNAL, [UNIVERSAL 8], constructed.</summary>
    public static Tag External => new(0x28);

    /// <summary>Gets the tag of REAL, [UNIVERSAL 9].</summary>
    public static Tag Real => new(0x09);

    /// <summary>Gets the tag of ENUMERATED, [UNIVERSAL 10].</summary>
    public static Tag Enumerated => new(0x0A);

    /// <summary>Gets the tag of EMBEDDED PDV, [UNIVERSAL 11], constructed.</summary>
    public static Tag EmbeddedPdv => new(0x2B);

    /// <summary>Gets the tag of UTF8String, [UNIVERSAL 12].</summary>
    public static Tag Utf8String => new(0x0C);

    /// <summary>Gets the tag of RELATIVE-OID, [UNIVERSAL 13].</summary>
    public static Tag RelativeOid => new(0x0D);

    /// <summary>Gets the tag of SEQUENCE, [UNIVERSAL 16], constructed.</summary>
    public static Tag Sequence => new(0x30);

    /// <summary>Gets the tag of SET, [UNIVERSAL 17], constructed.</summary>
    public static Tag Set => new(0x31);

    /// <summary>Gets the tag of NumericString, [UNIVERSAL 18].</summary>
    public static Tag NumericString => new(0x12);

    /// <summary>Gets the tag of PrintableString, [UNIVERSAL 19].</summary>
    public static Tag PrintableString => new(0x13);

    /// <summary>Gets the tag of TeletexString, [UNIVERSAL 20].</summary>
    public static Tag TeletexString => new(0x14);

    /// <summary>Gets the tag of VideotexString, [UNIVERSAL 21].</summary>
    public static Tag VideotexString => new(0x15);

    /// <summary>Gets the tag of IA5String, [UNIVERSAL 22].</summary>
    public static Tag Ia5String => new(0x16);

    /// <summary>Gets the tag of UTCTime, [UNIVERSAL 23].</summary>
    public static Tag UtcTime => new(0x17);

    /// <summary>Gets the tag of GeneralizedTime, [UNIVERSAL 24].</summary>
    public static Tag GeneralizedTime => new(0x18);

    /// <summary>Gets the tag of GraphicString, [UNIVERSAL 25].</summary>
    public static Tag GraphicString => new(0x19);

    /// <summary>Gets the tag of VisibleString, [UNIVERSAL 26].</summary>
    public static Tag VisibleString => new(0x1A);

    /// <summary>Gets the tag of GeneralString, [UNIVERSAL 27].</summary>
    public static Tag GeneralString => new(0x1B);

    /// <summary>Gets the tag of UniversalString, [UNIVERSAL 28].</summary>
    public static Tag UniversalString => new(0x1C);

    /// <summary>Gets the tag of BMPString, [UNIVERSAL 30].</summary>
    public static Tag BmpString => new(0x1E);

    /// <summary>Gets the tag of TIME, [UNIVERSAL 14].</summary>
    public static Tag Time => new(0x0E);

    /// <summary>Gets the tag of CHARACTER STRING, [UNIVERSAL 29].</summary>
    public static Tag CharacterString => new(0x3D);

    /// <summary>Gets the tag of DATE, [UNIVERSAL 31].</summary>
    public static Tag Date => new(TagClass.Universal, 31, false);

    /// <summary>Gets the tag of TIME-OF-DAY, [UNIVERSAL 32].</summary>
    public static Tag TimeOfDay => new(TagClass.Universal, 32, false);

    /// <summary>Gets the tag of DATE-TIME, [UNIVERSAL 33].</summary>
    public static Tag DateTime => new(TagClass.Universal, 33, false);

    /// <summary>Gets the tag of DURATION, [UNIVERSAL 34].</summary>
    public static Tag Duration => new(TagClass.Universal, 34, false);

    /// <summary>Gets the tag of OID-IRI, [UNIVERSAL 35].</summary>
    public static Tag OidIri => new(TagClass.Universal, 35, false);

    /// <summary>Gets the tag of RELATIVE-OID-IRI, [UNIVERSAL 36].</summary>
    public static Tag RelativeOidIri => new(TagClass.Universal, 36, false);
}
