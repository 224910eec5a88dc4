using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CkiSdk.Asn1.Generator.CodeFirst;

/// <summary>Reads the attributes of code first, and turns C# names into names of ASN.1.</summary>
internal static class CodeAttributes
{
    private const string Namespace = "CkiSdk.Asn1";

    /// <summary>Finds an attribute of ours by its class name.</summary>
    public static AttributeData? Find(ISymbol? symbol, string name) => symbol?.GetAttributes().FirstOrDefault(attribute =>
        attribute.AttributeClass is { } type && type.Name == name && type.ContainingNamespace.ToDisplayString() == Namespace);

    /// <summary>Says whether a symbol has an attribute.</summary>
    public static bool Has(ISymbol symbol, string name) => Find(symbol, name) is not null;

    /// <summary>Returns a named argument that is true or false.</summary>
    public static bool Flag(AttributeData attribute, string name) => attribute.NamedArguments.Any(argument => argument.Key == name && argument.Value.Value is true);

    /// <summary>Returns the name that an attribute gives; null for none.</summary>
    public static string? Name(ISymbol symbol) => Find(symbol, "Asn1NameAttribute")?.ConstructorArguments.FirstOrDefault().Value as string;

    /// <summary>Returns a tag in notation; empty for none.</summary>
    public static string Tag(ISymbol symbol) => Find(symbol, "Asn1TagAttribute") is { } attribute ? Tag(attribute) : string.Empty;

    /// <summary>Returns a tag in notation.</summary>
    public static string Tag(AttributeData attribute)
    {
        var number = Convert.ToString(attribute.ConstructorArguments.FirstOrDefault().Value, CultureInfo.InvariantCulture);
        var given = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Class").Value.Value;
        var tagClass = given is null ? string.Empty : Convert.ToInt32(given, CultureInfo.InvariantCulture) switch { 0 => "UNIVERSAL ", 1 => "APPLICATION ", 3 => "PRIVATE ", _ => string.Empty };
        return $"[{tagClass}{number}]{(Flag(attribute, "IsExplicit") ? " EXPLICIT" : string.Empty)}";
    }

    /// <summary>Says whether all parts of a type say that they are parts.</summary>
    public static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.All(reference =>
        reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Returns a name with a lower-case first letter and without what ASN.1 has not.</summary>
    public static string ToIdentifier(string name) => First(Clean(name), char.ToLowerInvariant);

    /// <summary>Returns a name with an upper-case first letter and without what ASN.1 has not.</summary>
    public static string ToTypeName(string name) => First(Clean(name), char.ToUpperInvariant);

    private static string First(string name, Func<char, char> turn) => name.Length == 0 ? "x" : turn(name[0]) + name.Substring(1);

    // X.680 12.2, 12.3: letters, digits, and hyphens that are neither doubled nor last.
    private static string Clean(string name)
    {
        var result = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') || (c is >= '0' and <= '9' && result.Length > 0) || (c == '-' && result.Length > 0 && result[result.Length - 1] != '-'))
            {
                result.Append(c);
            }
        }

        return result.ToString().TrimEnd('-');
    }
}
