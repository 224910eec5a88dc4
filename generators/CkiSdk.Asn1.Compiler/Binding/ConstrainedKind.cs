using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Lists the kinds of types that differ in the constraints they can have (X.680 51.1, Table 9).</summary>
internal enum ConstrainedKind
{
    /// <summary>Single values only: BOOLEAN, NULL, object identifiers.</summary>
    Plain,

    /// <summary>INTEGER.</summary>
    Integer,

    /// <summary>ENUMERATED.</summary>
    Enumerated,

    /// <summary>REAL.</summary>
    Real,

    /// <summary>BIT STRING.</summary>
    Bits,

    /// <summary>OCTET STRING.</summary>
    Octets,

    /// <summary>A character string type.</summary>
    Text,

    /// <summary>UTCTime and GeneralizedTime.</summary>
    Moment,

    /// <summary>TIME and the types made from it.</summary>
    Time,

    /// <summary>SEQUENCE OF and SET OF.</summary>
    List,

    /// <summary>SEQUENCE and SET.</summary>
    Structure,

    /// <summary>CHOICE.</summary>
    Choice,

    /// <summary>An open type or ANY.</summary>
    Open,

    /// <summary>A type with an associated SEQUENCE, such as EXTERNAL.</summary>
    Associated,
}

/// <summary>Finds the kind of a type.</summary>
internal static class ConstrainedKinds
{
    /// <summary>Returns the kind of a base type; null for what has no constraints that could be judged.</summary>
    public static ConstrainedKind? Of(TypeSyntax type) => type switch
    {
        IntegerTypeSyntax => ConstrainedKind.Integer,
        EnumeratedTypeSyntax => ConstrainedKind.Enumerated,
        BitStringTypeSyntax => ConstrainedKind.Bits,
        SequenceOfTypeSyntax => ConstrainedKind.List,
        SequenceTypeSyntax => ConstrainedKind.Structure,
        ChoiceTypeSyntax => ConstrainedKind.Choice,
        AnyTypeSyntax or ClassFieldTypeSyntax => ConstrainedKind.Open,
        BuiltinTypeSyntax builtin => Of(builtin.Name),
        _ => null,
    };

    private static ConstrainedKind Of(string name) => name switch
    {
        "REAL" => ConstrainedKind.Real,
        "OCTET STRING" => ConstrainedKind.Octets,
        "BIT STRING" => ConstrainedKind.Bits,
        "INTEGER" => ConstrainedKind.Integer,
        "UTCTime" or "GeneralizedTime" => ConstrainedKind.Moment,
        "TIME" or "DATE" or "TIME-OF-DAY" or "DATE-TIME" or "DURATION" => ConstrainedKind.Time,
        "EXTERNAL" or "EMBEDDED PDV" or "CHARACTER STRING" => ConstrainedKind.Associated,
        "ObjectDescriptor" => ConstrainedKind.Text,
        _ when name.EndsWith("String", StringComparison.Ordinal) => ConstrainedKind.Text,
        _ => ConstrainedKind.Plain,
    };
}
