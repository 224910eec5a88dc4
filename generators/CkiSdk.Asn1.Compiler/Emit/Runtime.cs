using System.Globalization;
using System.Numerics;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Knows the names of the runtime that generated code calls.</summary>
internal static class Runtime
{
    /// <summary>The runtime's namespace, with a dot behind it.</summary>
    public const string Prefix = "global::CkiSdk.Asn1.";

    /// <summary>A memory of octets.</summary>
    public const string Octets = "global::System.ReadOnlyMemory<byte>";

    private static readonly Dictionary<int, string> UniversalNames = new()
    {
        [1] = "Boolean",
        [2] = "Integer",
        [3] = "BitString",
        [4] = "OctetString",
        [5] = "Null",
        [6] = "ObjectIdentifier",
        [7] = "ObjectDescriptor",
        [8] = "External",
        [9] = "Real",
        [10] = "Enumerated",
        [11] = "EmbeddedPdv",
        [12] = "Utf8String",
        [13] = "RelativeOid",
        [14] = "Time",
        [16] = "Sequence",
        [17] = "Set",
        [18] = "NumericString",
        [19] = "PrintableString",
        [20] = "TeletexString",
        [21] = "VideotexString",
        [22] = "Ia5String",
        [23] = "UtcTime",
        [24] = "GeneralizedTime",
        [25] = "GraphicString",
        [26] = "VisibleString",
        [27] = "GeneralString",
        [28] = "UniversalString",
        [29] = "CharacterString",
        [30] = "BmpString",
        [31] = "Date",
        [32] = "TimeOfDay",
        [33] = "DateTime",
        [34] = "Duration",
        [35] = "OidIri",
        [36] = "RelativeOidIri",
    };

    /// <summary>Returns the expression of a number: a literal where C# has one.</summary>
    public static string Number(BigInteger number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        return number >= int.MinValue && number <= int.MaxValue ? digits
            : number >= long.MinValue && number <= long.MaxValue ? digits + "L"
            : $"global::System.Numerics.BigInteger.Parse(\"{digits}\", global::System.Globalization.CultureInfo.InvariantCulture)";
    }

    /// <summary>Returns the C# expression of a tag.</summary>
    public static string Tag(TagModel tag)
    {
        if (tag.Class == TagModelClass.Universal && UniversalNames.TryGetValue(tag.Number, out var name))
        {
            return $"{Prefix}Tag.{name}";
        }

        var number = tag.Number.ToString(CultureInfo.InvariantCulture);
        var constructed = tag.IsConstructed ? "true" : "false";
        return tag.Class == TagModelClass.Context
            ? $"{Prefix}Tag.Context({number}, {constructed})"
            : $"new {Prefix}Tag({Prefix}TagClass.{tag.Class}, {number}, {constructed})";
    }

    /// <summary>Returns a C# string literal.</summary>
    public static string Literal(string text) =>
        "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\r", "\\r").Replace("\n", "\\n").Replace("\t", "\\t").Replace("\0", "\\0") + "\"";
}
