using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is a builtin type without inner syntax: its tag, the runtime's C# type and the name of the runtime's methods.</summary>
internal sealed record BuiltinType(TagModel Tag, string CSharpType, string Method, bool IsValueType = true)
{
    /// <summary>Gets whether it is a character string with an alphabet of its own (X.680 41).</summary>
    public bool IsText => IsValueType && Method.EndsWith("String", StringComparison.Ordinal) && Method != "OctetString";
}

/// <summary>Lists the builtin types that need no inner syntax.</summary>
internal static class BuiltinTypes
{
    private const string Prefix = Emit.Runtime.Prefix;

    private static readonly Dictionary<string, BuiltinType> Types = new(StringComparer.Ordinal)
    {
        ["BOOLEAN"] = new(TagModel.Universal(1), "bool", "Boolean"),
        ["OCTET STRING"] = Simple(4, "OctetString"),
        ["NULL"] = Simple(5, "Null"),
        ["OBJECT IDENTIFIER"] = Simple(6, "ObjectIdentifier"),
        ["ObjectDescriptor"] = Simple(7, "ObjectDescriptor"),
        ["EXTERNAL"] = new(TagModel.Universal(8, true), $"{Prefix}External", "External", false),
        ["REAL"] = Simple(9, "Real"),
        ["EMBEDDED PDV"] = new(TagModel.Universal(11, true), $"{Prefix}EmbeddedPdv", "EmbeddedPdv", false),
        ["UTF8String"] = Simple(12, "Utf8String"),
        ["RELATIVE-OID"] = Simple(13, "RelativeOid"),
        ["TIME"] = new(TagModel.Universal(14), $"{Prefix}IsoTime", "Time"),
        ["NumericString"] = Simple(18, "NumericString"),
        ["PrintableString"] = Simple(19, "PrintableString"),
        ["TeletexString"] = Simple(20, "TeletexString"),
        ["T61String"] = Simple(20, "TeletexString"),
        ["VideotexString"] = Simple(21, "VideotexString"),
        ["IA5String"] = Simple(22, "Ia5String"),
        ["UTCTime"] = Simple(23, "UtcTime"),
        ["GeneralizedTime"] = Simple(24, "GeneralizedTime"),
        ["GraphicString"] = Simple(25, "GraphicString"),
        ["VisibleString"] = Simple(26, "VisibleString"),
        ["ISO646String"] = Simple(26, "VisibleString"),
        ["GeneralString"] = Simple(27, "GeneralString"),
        ["UniversalString"] = Simple(28, "UniversalString"),
        ["CHARACTER STRING"] = new(TagModel.Universal(29, true), $"{Prefix}CharacterString", "CharacterString", false),
        ["BMPString"] = Simple(30, "BmpString"),
        ["DATE"] = new(TagModel.Universal(31), $"{Prefix}IsoDate", "Date"),
        ["TIME-OF-DAY"] = new(TagModel.Universal(32), $"{Prefix}IsoTimeOfDay", "TimeOfDay"),
        ["DATE-TIME"] = new(TagModel.Universal(33), $"{Prefix}IsoDateTime", "DateTime"),
        ["DURATION"] = new(TagModel.Universal(34), $"{Prefix}IsoDuration", "Duration"),
        ["OID-IRI"] = Simple(35, "OidIri"),
        ["RELATIVE-OID-IRI"] = Simple(36, "RelativeOidIri"),
    };

    /// <summary>Finds a type by its words; null where this version does not compile it.</summary>
    public static BuiltinType? Find(string name) => Types.TryGetValue(name, out var type) ? type : null;

    private static BuiltinType Simple(int tag, string name) => new(TagModel.Universal(tag), Prefix + name, name);
}
