namespace CkiSdk.Asn1;

/// <summary>Lists the builtin types of ASN.1 (X.680 17), which say how the content of an element is to be read.</summary>
public enum TypeKind
{
    /// <summary>An element of any tag: ANY and open types.</summary>
    Any,

    /// <summary>BOOLEAN.</summary>
    Boolean,

    /// <summary>INTEGER.</summary>
    Integer,

    /// <summary>BIT STRING.</summary>
    BitString,

    /// <summary>OCTET STRING.</summary>
    OctetString,

    /// <summary>NULL.</summary>
    Null,

    /// <summary>OBJECT IDENTIFIER.</summary>
    ObjectIdentifier,

    /// <summary>RELATIVE-OID.</summary>
    RelativeOid,

    /// <summary>OID-IRI.</summary>
    OidIri,

    /// <summary>RELATIVE-OID-IRI.</summary>
    RelativeOidIri,

    /// <summary>REAL.</summary>
    Real,

    /// <summary>ENUMERATED.</summary>
    Enumerated,

    /// <summary>SEQUENCE.</summary>
    Sequence,

    /// <summary>SEQUENCE OF.</summary>
    SequenceOf,

    /// <summary>SET.</summary>
    Set,

    /// <summary>SET OF.</summary>
    SetOf,

    /// <summary>CHOICE.</summary>
    Choice,

    /// <summary>EXTERNAL, with the components of X.690 8.18.1.</summary>
    External,

    /// <summary>EMBEDDED PDV, with the components of X.680 36.5.</summary>
    EmbeddedPdv,

    /// <summary>CHARACTER STRING, with the components of X.680 44.5.</summary>
    CharacterString,

    /// <summary>ObjectDescriptor.</summary>
    ObjectDescriptor,

    /// <summary>UTF8String.</summary>
    Utf8String,

    /// <summary>NumericString.</summary>
    NumericString,

    /// <summary>PrintableString.</summary>
    PrintableString,

    /// <summary>TeletexString.</summary>
    TeletexString,

    /// <summary>VideotexString.</summary>
    VideotexString,

    /// <summary>IA5String.</summary>
    Ia5String,

    /// <summary>GraphicString.</summary>
    GraphicString,

    /// <summary>VisibleString.</summary>
    VisibleString,

    /// <summary>GeneralString.</summary>
    GeneralString,

    /// <summary>UniversalString.</summary>
    UniversalString,

    /// <summary>BMPString.</summary>
    BmpString,

    /// <summary>UTCTime.</summary>
    UtcTime,

    /// <summary>GeneralizedTime.</summary>
    GeneralizedTime,

    /// <summary>TIME.</summary>
    Time,

    /// <summary>DATE.</summary>
    Date,

    /// <summary>TIME-OF-DAY.</summary>
    TimeOfDay,

    /// <summary>DATE-TIME.</summary>
    DateTime,

    /// <summary>DURATION.</summary>
    Duration,
}
