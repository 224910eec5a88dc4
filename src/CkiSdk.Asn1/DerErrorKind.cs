namespace CkiSdk.Asn1;

/// <summary>Names the ways in which octets fail to be the DER of a type.</summary>
public enum DerErrorKind
{
    /// <summary>The input or the enclosing element ends before the element does.</summary>
    UnexpectedEnd,

    /// <summary>Another element stands where this one is required, or one in the wrong form (X.690 10.2).</summary>
    UnexpectedTag,

    /// <summary>The high-tag form is used below 31 or starts with a zero group (X.690 8.1.2.4).</summary>
    NonMinimalTag,

    /// <summary>The length is indefinite (X.690 10.1).</summary>
    IndefiniteLength,

    /// <summary>The length takes more octets than it needs (X.690 10.1).</summary>
    NonMinimalLength,

    /// <summary>The length lies above 2^31 - 1.</summary>
    LengthTooLarge,

    /// <summary>Octets follow where the value or the constructed element should end.</summary>
    TrailingData,

    /// <summary>Elements are nested deeper than <see cref="DerLimits.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>The input exceeds <see cref="DerLimits.MaxLength"/>, or a tag number <see cref="Tag.MaxNumber"/>.</summary>
    TooLarge,

    /// <summary>The input has more elements than <see cref="DerLimits.MaxElements"/>.</summary>
    TooManyElements,

    /// <summary>A BOOLEAN is neither 00 nor FF (X.690 11.1).</summary>
    InvalidBoolean,

    /// <summary>An INTEGER is empty or starts with a redundant octet (X.690 8.3.2).</summary>
    InvalidInteger,

    /// <summary>A BIT STRING has a wrong count of unused bits, or unused bits that are set (X.690 8.6.2, 11.2).</summary>
    InvalidBitString,

    /// <summary>A NULL has content (X.690 8.8.2).</summary>
    InvalidNull,

    /// <summary>An object identifier is empty, ends inside an arc or pads one (X.690 8.19.2).</summary>
    InvalidObjectIdentifier,

    /// <summary>An ENUMERATED is empty, starts with a redundant octet or is no 32-bit number (X.690 8.4).</summary>
    InvalidEnumerated,

    /// <summary>A character string holds a character outside its alphabet, or broken characters (X.680 41).</summary>
    InvalidString,

    /// <summary>A time is not in its DER form or names no real date (X.690 11.7, 11.8).</summary>
    InvalidTime,

    /// <summary>A REAL is not in its DER form (X.690 8.5, 11.3).</summary>
    InvalidReal,

    /// <summary>The elements of a SET OF do not ascend (X.690 11.6), or those of a SET do not stand in tag order (X.690 10.3).</summary>
    NotInSetOrder,

    /// <summary>A component is encoded although it has its DEFAULT value (X.690 11.5).</summary>
    DefaultEncoded,

    /// <summary>A component that is neither OPTIONAL nor DEFAULT is absent.</summary>
    MissingComponent,

    /// <summary>A component of a SET appears twice.</summary>
    DuplicateComponent,

    /// <summary>A value lies outside the constraint of its type (X.680 49).</summary>
    ConstraintViolated,

    /// <summary>No alternative of a CHOICE, nor any value of an ENUMERATED, has this tag or number.</summary>
    UnknownAlternative,
}
