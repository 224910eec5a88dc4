namespace CkiSdk.Asn1;

/// <summary>Lists the string types that a <see cref="string"/> can be encoded as (X.680 41).</summary>
public enum Asn1StringType
{
    /// <summary>UTF8String.</summary>
    Utf8,

    /// <summary>PrintableString.</summary>
    Printable,

    /// <summary>IA5String.</summary>
    Ia5,

    /// <summary>NumericString.</summary>
    Numeric,

    /// <summary>VisibleString.</summary>
    Visible,

    /// <summary>BMPString.</summary>
    Bmp,

    /// <summary>UniversalString.</summary>
    Universal,

    /// <summary>TeletexString.</summary>
    Teletex,

    /// <summary>GeneralString.</summary>
    General,

    /// <summary>GraphicString.</summary>
    Graphic,
}
