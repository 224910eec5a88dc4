using System.Globalization;
using CkiSdk.Asn1.Compiler.CodeFirst;
using CkiSdk.Asn1.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;

namespace CkiSdk.Asn1.Generator.CodeFirst;

/// <summary>Finds the ASN.1 type of a property: from its C# type and its attributes.</summary>
internal sealed class CodeTypes(IPropertySymbol property, IParameterSymbol? parameter, Action<string, string> report)
{
    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat;

    private static readonly Dictionary<string, string> Runtime = new(StringComparer.Ordinal)
    {
        ["ObjectIdentifier"] = "OBJECT IDENTIFIER",
        ["RelativeOid"] = "RELATIVE-OID",
        ["OctetString"] = "OCTET STRING",
        ["BitString"] = "BIT STRING",
        ["Null"] = "NULL",
        ["AnyValue"] = "ANY",
        ["Integer"] = "INTEGER",
        ["Utf8String"] = "UTF8String",
        ["PrintableString"] = "PrintableString",
        ["Ia5String"] = "IA5String",
        ["NumericString"] = "NumericString",
        ["VisibleString"] = "VisibleString",
        ["BmpString"] = "BMPString",
        ["UniversalString"] = "UniversalString",
        ["TeletexString"] = "TeletexString",
        ["VideotexString"] = "VideotexString",
        ["GeneralString"] = "GeneralString",
        ["GraphicString"] = "GraphicString",
        ["ObjectDescriptor"] = "ObjectDescriptor",
        ["UtcTime"] = "UTCTime",
        ["GeneralizedTime"] = "GeneralizedTime",
    };

    /// <summary>Gets the tag in notation; empty for none.</summary>
    public string Tag => Attribute("Asn1TagAttribute") is { } tag ? CodeAttributes.Tag(tag) : string.Empty;

    /// <summary>Gets the name that an attribute gives; null for none.</summary>
    public string? Name => Attribute("Asn1NameAttribute") is null ? null : CodeAttributes.Name(property) ?? CodeAttributes.Name(parameter!);

    /// <summary>Gets the order that an attribute gives; null for none.</summary>
    public int? Order => Attribute("Asn1OrderAttribute")?.ConstructorArguments.FirstOrDefault().Value as int?;

    /// <summary>Gets the default in notation; empty for none.</summary>
    public string Default => Attribute("Asn1DefaultAttribute")?.ConstructorArguments.FirstOrDefault() is { } value ? Notation(value) : string.Empty;

    /// <summary>Says whether null is a value of the type.</summary>
    public static bool IsNullable(ITypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || (type.NullableAnnotation == NullableAnnotation.Annotated && !type.IsValueType);

    /// <summary>Returns the type of the property; null after a report.</summary>
    public CodeUse? Use() => Use(WithoutNull(property.Type), true);

    private AttributeData? Attribute(string name) => CodeAttributes.Find(property, name) ?? CodeAttributes.Find(parameter, name);

    private static ITypeSymbol WithoutNull(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);

    private CodeUse? Use(ITypeSymbol type, bool isOutermost)
    {
        var name = type.ToDisplayString(Full);
        if (Simple(type, name) is { } simple)
        {
            return new CodeUse(name, simple + (simple.StartsWith("INTEGER", StringComparison.Ordinal) || simple is "BOOLEAN" or "NULL" or "REAL" or "ANY" ? string.Empty : Size(type)), null, null);
        }

        if (Element(type) is { } element)
        {
            return Use(WithoutNull(element), false) is { } use ? new CodeUse(name, ListWords(type, isOutermost), null, use) : null;
        }

        if (type is INamedTypeSymbol { IsGenericType: false, ContainingType: null } named)
        {
            return new CodeUse(name, string.Empty, new CodeReference(named.TypeKind == TypeKind.Error ? null : named.ContainingNamespace.ToDisplayString(), named.Name), null);
        }

        report(DiagnosticCodes.CodeUnsupportedType, $"{type.ToDisplayString()} has no counterpart in ASN.1");
        return null;
    }

    private string? Simple(ITypeSymbol type, string name) => type.SpecialType switch
    {
        SpecialType.System_Boolean => "BOOLEAN",
        SpecialType.System_SByte => Number("-128..127"),
        SpecialType.System_Byte => Number("0..255"),
        SpecialType.System_Int16 => Number("-32768..32767"),
        SpecialType.System_UInt16 => Number("0..65535"),
        SpecialType.System_Int32 => Number("-2147483648..2147483647"),
        SpecialType.System_UInt32 => Number("0..4294967295"),
        SpecialType.System_Int64 => Number("-9223372036854775808..9223372036854775807"),
        SpecialType.System_UInt64 => Number("0..18446744073709551615"),
        SpecialType.System_Double => "REAL",
        SpecialType.System_String => StringType(),
        _ => name switch
        {
            "global::System.Numerics.BigInteger" => Number(null),
            "byte[]" or "global::System.ReadOnlyMemory<byte>" => "OCTET STRING",
            "global::System.DateTimeOffset" => Attribute("Asn1UtcTimeAttribute") is null ? "GeneralizedTime" : "UTCTime",
            _ => type.ContainingNamespace?.ToDisplayString() == "CkiSdk.Asn1" && Runtime.TryGetValue(type.Name, out var notation)
                ? notation == "INTEGER" ? Number(null) : notation
                : null,
        },
    };

    private string Number(string? natural)
    {
        if (Attribute("Asn1RangeAttribute") is not { ConstructorArguments: { Length: 2 } ends })
        {
            return natural is null ? "INTEGER" : $"INTEGER ({natural})";
        }

        return string.Format(CultureInfo.InvariantCulture, "INTEGER ({0}..{1})", ends[0].Value, ends[1].Value);
    }

    private string StringType() => Attribute("Asn1StringAttribute")?.ConstructorArguments.FirstOrDefault() is { Type: INamedTypeSymbol kinds } kind
        && kinds.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, kind.Value)) is { } chosen
        ? chosen.Name switch { "Utf8" => "UTF8String", "Ia5" => "IA5String", "Bmp" => "BMPString", var other => other + "String" }
        : "UTF8String";

    private string Size(ITypeSymbol? type)
    {
        if (Attribute("Asn1SizeAttribute") is not { } attribute || (type is not null && Element(WithoutNull(property.Type)) is not null))
        {
            return string.Empty;
        }

        var ends = attribute.ConstructorArguments.Select(argument => argument.Value as int? ?? 0).ToArray();
        return ends.Length == 1 ? $" (SIZE ({ends[0]}))" : $" (SIZE ({ends[0]}..{(ends[1] == int.MaxValue ? "MAX" : ends[1].ToString(CultureInfo.InvariantCulture))}))";
    }

    private string ListWords(ITypeSymbol type, bool isOutermost)
    {
        var word = type.Name == "SetOf" || (isOutermost && Attribute("Asn1SetOfAttribute") is not null) ? "SET" : "SEQUENCE";
        return $"{word}{(isOutermost ? Size(null) : string.Empty)} OF";
    }

    private static ITypeSymbol? Element(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: not SpecialType.System_Byte } array => array.ElementType,
        INamedTypeSymbol { TypeArguments.Length: 1 } named when named.ConstructedFrom.ToDisplayString() is
            "System.Collections.Generic.IReadOnlyList<T>" or "System.Collections.Generic.IReadOnlyCollection<T>" or "System.Collections.Generic.IEnumerable<T>"
            or "System.Collections.Generic.IList<T>" or "System.Collections.Generic.List<T>" or "System.Collections.Immutable.ImmutableArray<T>"
            or "CkiSdk.Asn1.SequenceOf<T>" or "CkiSdk.Asn1.SetOf<T>" => named.TypeArguments[0],
        _ => null,
    };

    private string Notation(TypedConstant value) => value switch
    {
        { Kind: TypedConstantKind.Enum, Type: INamedTypeSymbol items } => items.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(item => Equals(item.ConstantValue, value.Value)) is { } item
            ? CodeAttributes.Name(item) ?? CodeAttributes.ToIdentifier(item.Name)
            : Convert.ToString(value.Value, CultureInfo.InvariantCulture),
        { Value: bool flag } => flag ? "TRUE" : "FALSE",
        { Value: string text } => WithoutNull(property.Type).SpecialType == SpecialType.System_String ? $"\"{text.Replace("\"", "\"\"")}\"" : text,
        { Value: { } number } => Convert.ToString(number, CultureInfo.InvariantCulture),
        _ => string.Empty,
    };
}
