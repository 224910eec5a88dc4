using System.Globalization;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Says how a view reads a value of a <see cref="TypeUse"/> where it lies.</summary>
/// <param name="Type">The C# type of the accessor.</param>
/// <param name="Expression">The C# expression over <c>{0}</c>, the octets of the whole element.</param>
/// <param name="IsNumber">Whether the type is a bool, a number or an enum, which the default's expression gives as it is.</param>
internal sealed record ViewAccess(string Type, string Expression, bool IsNumber = false)
{
    private const string Element = Runtime.Prefix + "ViewElement.";

    /// <summary>Returns the accessor of a component, an alternative or a named type.</summary>
    public static ViewAccess Of(TypeUse use)
    {
        if (use.Core is ListCore list)
        {
            var (element, wrappers) = ElementView(list.Element);
            var type = $"{Runtime.Prefix}ListView<{element}>";
            return new ViewAccess(type, $"new {type}({Element}Strip({{0}}, {Number(use.Wrappers + 1)}){Wrappers(wrappers)})");
        }

        var (view, depth) = ElementView(use);
        var wrap = $"{Element}Wrap<{view}>({{0}}{Wrappers(depth)})";
        return use.Core switch
        {
            RuntimeCore core when Scalar(core.Method) is { } scalar => new ViewAccess(scalar, wrap + ".Value", core.Method is "Boolean" or "Int32" or "Int64"),
            RuntimeCore { Method: "OctetString" } or ContainedCore { IsBits: false } => new ViewAccess("global::System.ReadOnlySpan<byte>", wrap + ".Octets"),
            GeneratedCore { Kind: GeneratedKind.Enum } core => new ViewAccess(core.FullName, wrap + ".Value", true),
            _ => new ViewAccess(view, wrap),
        };
    }

    /// <summary>Returns the view type of an element of a list, and the number of explicit tags around what it takes.</summary>
    private static (string Type, int Wrappers) ElementView(TypeUse use) => use.Core switch
    {
        RuntimeCore core when Validation.IsString(core.Method) => ($"{Runtime.Prefix}StringView<{Runtime.Prefix}{core.Method}>", use.Wrappers),
        RuntimeCore core when Scalar(core.Method) is not null || core.Method is "Integer" or "BitString" or "OctetString" or "ObjectIdentifier" or "RelativeOid"
            => ($"{Runtime.Prefix}{core.Method}View", use.Wrappers),
        RuntimeCore { Method: "NamedBitString" } or ContainedCore { IsBits: true } => ($"{Runtime.Prefix}BitStringView", use.Wrappers),
        ContainedCore => ($"{Runtime.Prefix}OctetStringView", use.Wrappers),
        GeneratedCore { Kind: GeneratedKind.Enum } core => ($"{Runtime.Prefix}EnumeratedView<{core.FullName}>", use.Wrappers + core.Own - 1),
        GeneratedCore { Selectors.Count: 0 } core => (core.View, use.Wrappers),
        ListCore list when ElementView(list.Element) is (var element, 0) => ($"{Runtime.Prefix}ListView<{element}>", use.Wrappers),
        _ => ($"{Runtime.Prefix}AnyView", use.Wrappers),
    };

    private static string? Scalar(string method) => method switch
    {
        "Boolean" => "bool",
        "Int32" => "int",
        "Int64" => "long",
        "Real" => "double",
        "Null" => Runtime.Prefix + "Null",
        "UtcTime" or "GeneralizedTime" => "global::System.DateTimeOffset",
        _ => null,
    };

    private static string Wrappers(int count) => count == 0 ? string.Empty : ", " + Number(count);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
