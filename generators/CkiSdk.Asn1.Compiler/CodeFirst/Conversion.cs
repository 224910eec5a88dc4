using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.CodeFirst;

/// <summary>Writes the C# expressions between a property's type and the type by which the runtime reads and writes it.</summary>
internal static class Conversion
{
    private const string Runtime = "global::CkiSdk.Asn1.";
    private const string Linq = "global::System.Linq.Enumerable.";
    private const string BigInteger = "global::System.Numerics.BigInteger";

    /// <summary>Returns the expression of the property's value.</summary>
    public static string FromRuntime(CodeUse own, TypeUse use, string value)
    {
        if (own.Element is { } element && use.Core is ListCore list)
        {
            return FromList(own, element, list, use, value);
        }

        return (own.CSharpType, use.CSharpType) switch
        {
            var (mine, theirs) when mine == theirs => value,
            ("string", _) => $"{value}.ToString()",
            ("byte[]", _) => $"{value}.ToArray()",
            ("global::System.ReadOnlyMemory<byte>", _) => $"{value}.Memory",
            ("global::System.DateTimeOffset", _) => $"{value}.ToDateTimeOffset()",
            (BigInteger, Runtime + "Integer") => $"{value}.ToBigInteger()",
            (_, Runtime + "Integer") when own.Reference is null => $"({own.CSharpType}){value}.ToBigInteger()",
            _ when own.Reference is null => $"({own.CSharpType}){value}",
            _ => value,
        };
    }

    /// <summary>Returns the expression of the runtime's value; a number outside its range stays outside, so that the constraint refuses it.</summary>
    public static string ToRuntime(CodeUse own, TypeUse use, string value)
    {
        if (own.Element is { } element && use.Core is ListCore list)
        {
            return ToList(own, element, list, use, value);
        }

        return (own.CSharpType, use.CSharpType) switch
        {
            var (mine, theirs) when mine == theirs => value,
            ("global::System.DateTimeOffset", _) => $"{use.CSharpType}.From({value})",
            (Runtime + "Integer", "int" or "long") => $"{use.CSharpType}.CreateSaturating({value}.ToBigInteger())",
            ("ulong", Runtime + "Integer") => $"(({use.CSharpType})({BigInteger}){value})",
            (_, "int" or "long") when own.Reference is null => $"{use.CSharpType}.CreateSaturating({value})",
            _ when own.Reference is null => $"(({use.CSharpType}){value})",
            _ => value,
        };
    }

    private static string FromList(CodeUse own, CodeUse element, ListCore list, TypeUse use, string value)
    {
        if (own.CSharpType == use.CSharpType)
        {
            return value;
        }

        var convert = FromRuntime(element, list.Element, "item");
        var items = convert == "item" ? value : $"{Linq}Select({value}, static item => {convert})";
        return own.CSharpType.Substring(0, Math.Max(own.CSharpType.IndexOf('<'), 0)) switch
        {
            "global::System.Collections.Generic.List" => $"{Linq}ToList({items})",
            "global::System.Collections.Immutable.ImmutableArray" => $"global::System.Collections.Immutable.ImmutableArray.ToImmutableArray({items})",
            Runtime + "SequenceOf" or Runtime + "SetOf" => $"(({own.CSharpType}){Linq}ToArray({items}))",
            _ => $"{Linq}ToArray({items})",
        };
    }

    private static string ToList(CodeUse own, CodeUse element, ListCore list, TypeUse use, string value)
    {
        if (own.CSharpType == use.CSharpType)
        {
            return value;
        }

        var convert = ToRuntime(element, list.Element, "item");
        var items = convert == "item" ? value : $"{Linq}Select({value}, static item => {convert})";
        return $"(({use.CSharpType}){Linq}ToArray({items}))";
    }
}
