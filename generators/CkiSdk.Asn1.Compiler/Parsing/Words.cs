namespace CkiSdk.Asn1.Compiler.Parsing;

/// <summary>Knows the reserved words (X.680 12.38).</summary>
internal static class Words
{
    /// <summary>Holds the reserved words that are a type by themselves.</summary>
    public static readonly HashSet<string> SimpleTypes = new(StringComparer.Ordinal)
    {
        "BOOLEAN", "NULL", "REAL", "EXTERNAL", "RELATIVE-OID", "OID-IRI", "RELATIVE-OID-IRI", "TIME", "DATE", "TIME-OF-DAY", "DATE-TIME", "DURATION",
        "UTCTime", "GeneralizedTime", "ObjectDescriptor", "UTF8String", "NumericString", "PrintableString", "TeletexString", "T61String",
        "VideotexString", "IA5String", "GraphicString", "VisibleString", "ISO646String", "GeneralString", "UniversalString", "BMPString",
    };

    /// <summary>Holds the reserved words that are a value.</summary>
    public static readonly HashSet<string> Values = new(StringComparer.Ordinal)
    {
        "TRUE", "FALSE", "NULL", "MIN", "MAX", "PLUS-INFINITY", "MINUS-INFINITY", "NOT-A-NUMBER",
    };

    private static readonly HashSet<string> Others = new(StringComparer.Ordinal)
    {
        "ABSENT", "ALL", "APPLICATION", "AUTOMATIC", "BEGIN", "BIT", "BY", "CHARACTER", "CHOICE", "CLASS", "COMPONENT", "COMPONENTS", "CONSTRAINED",
        "CONTAINING", "DEFAULT", "DEFINITIONS", "EMBEDDED", "ENCODED", "END", "ENUMERATED", "EXCEPT", "EXPLICIT", "EXPORTS",
        "EXTENSIBILITY", "FROM", "IDENTIFIER", "IMPLICIT", "IMPLIED", "IMPORTS", "INCLUDES", "INSTANCE", "INTEGER", "INTERSECTION", "OBJECT",
        "OCTET", "OF", "OPTIONAL", "PATTERN", "PDV", "PRESENT", "PRIVATE", "SEQUENCE", "SET", "SIZE", "STRING", "SYNTAX", "TAGS", "UNION",
        "UNIQUE", "UNIVERSAL", "WITH",
    };

    // What may stand behind a type: a word that is none of these makes an upper-case reference before it the use of a macro (X.208 A.1).
    private static readonly HashSet<string> BehindType = new(StringComparer.Ordinal)
    {
        "OPTIONAL", "DEFAULT", "UNIQUE", "END", "EXCEPT", "UNION", "INTERSECTION", "ENCODED", "PRESENT", "ABSENT", "ENCODING-CONTROL",
    };

    // X.681 10.6: what a setting could begin with is no word of WITH SYNTAX.
    private static readonly HashSet<string> NoSyntax = new(StringComparer.Ordinal)
    {
        "BIT", "BOOLEAN", "CHARACTER", "CHOICE", "DATE", "DATE-TIME", "DURATION", "EMBEDDED", "END", "ENUMERATED", "EXTERNAL", "FALSE", "INSTANCE", "INTEGER",
        "INTERSECTION", "MINUS-INFINITY", "NULL", "OBJECT", "OCTET", "PLUS-INFINITY", "REAL", "RELATIVE-OID", "SEQUENCE", "SET", "TIME", "TIME-OF-DAY", "TRUE", "UNION",
    };

    /// <summary>Says whether a word of WITH SYNTAX could be taken for the beginning of a type, a value or a set (X.681 10.6).</summary>
    public static bool BeginsSetting(string word) => NoSyntax.Contains(word);

    /// <summary>Says whether a word can name nothing.</summary>
    public static bool IsReserved(string word) => SimpleTypes.Contains(word) || Values.Contains(word) || Others.Contains(word);

    /// <summary>Says whether a word may follow a whole type.</summary>
    public static bool MayFollowType(string word) => BehindType.Contains(word);

    /// <summary>Says whether a word has no lower-case letter, as the names of classes and macros must.</summary>
    public static bool IsAllUpper(string word) => word.All(c => c is not (>= 'a' and <= 'z'));
}
