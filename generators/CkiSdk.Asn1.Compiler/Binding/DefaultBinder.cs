using System.Globalization;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Turns values into C# expressions, for DEFAULT and for the values that a module names.</summary>
internal sealed class DefaultBinder(Peeler peeler, ValueBinder values, Reporter reporter)
{
    /// <summary>Returns the expression of a default value; null after a report.</summary>
    public string? Expression(ValueSyntax value, TypeSyntax type, Scope scope, TypeUse use)
    {
        var expression = TryExpression(value, type, scope, use);
        if (expression is null)
        {
            reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, value.Span, "this value does not fit the type, or this version does not compile its form");
        }

        return expression;
    }

    /// <summary>Returns the expression of a value; null where it has none.</summary>
    public string? TryExpression(ValueSyntax value, TypeSyntax type, Scope scope, TypeUse use)
    {
        if (peeler.Definition(type, scope) is not { } definition)
        {
            return null;
        }

        if (value is ReferenceValueSyntax { Module: null, Arguments: null, Fields.Count: 0 } name && Named(name.Name, definition, use) is { } item)
        {
            return item;
        }

        var (resolved, inner) = values.Resolve(value, scope);
        return (definition.Base, resolved) switch
        {
            (BuiltinTypeSyntax { Name: "BOOLEAN" }, WordValueSyntax { Word: "TRUE" or "FALSE" } word) => Cast(word.Word == "TRUE" ? "true" : "false", use, "bool"),
            (BuiltinTypeSyntax { Name: "NULL" }, WordValueSyntax { Word: "NULL" }) => $"default({use.CSharpType})",
            (BuiltinTypeSyntax { Name: "OBJECT IDENTIFIER" }, BlockValueSyntax) => Oid(resolved, inner, use),
            (BuiltinTypeSyntax { Name: "OCTET STRING" }, LiteralValueSyntax { Token.Kind: TokenKind.HexString or TokenKind.BinaryString } literal) =>
                $"({use.CSharpType}){Emit.Runtime.Prefix}OctetString.FromHex(\"{Bits.ToHex(literal.Token)}\")",
            (BuiltinTypeSyntax, LiteralValueSyntax { Token.Kind: TokenKind.String } literal) => Text(literal, definition, use),
            (IntegerTypeSyntax, LiteralValueSyntax { Token.Kind: TokenKind.Number } literal) => Number(literal.Token.Text, use),
            (BitStringTypeSyntax bits, BlockValueSyntax block) => NamedBits(bits, block, use),
            (BitStringTypeSyntax, LiteralValueSyntax { Token.Kind: TokenKind.HexString or TokenKind.BinaryString } literal) => Cast(Bits.ToBitString(literal.Token), use),
            (SequenceOfTypeSyntax, BlockValueSyntax { Tokens.Count: 0 }) => $"default({use.CSharpType})",
            _ => null,
        };
    }

    private static string Cast(string expression, TypeUse use, string? plain = null) => use.CSharpType == plain ? expression : $"(({use.CSharpType}){expression})";

    private static string? Named(string name, Peeled definition, TypeUse use) => definition.Base switch
    {
        EnumeratedTypeSyntax items when items.Root.Concat(items.Additional).Any(item => item.Name == name) => Member(name, use),
        IntegerTypeSyntax integer when integer.Names.Any(number => number.Name == name) => Member(name, use),
        _ => null,
    };

    private static string Member(string name, TypeUse use) =>
        $"{use.CSharpType}.{Names.Member(name, use.CSharpType.Substring(use.CSharpType.LastIndexOf('.') + 1))}";

    private string? Oid(ValueSyntax value, Scope scope, TypeUse use) =>
        values.ObjectIdentifier(value, scope) is { } dotted ? Cast($"{Emit.Runtime.Prefix}ObjectIdentifier.Parse(\"{dotted}\")", use, $"{Emit.Runtime.Prefix}ObjectIdentifier") : null;

    private static string? Text(LiteralValueSyntax literal, Peeled definition, TypeUse use)
    {
        if (definition.Base is not BuiltinTypeSyntax builtin || BuiltinTypes.Find(builtin.Name) is not { } known || !known.Method.EndsWith("String", StringComparison.Ordinal))
        {
            return null;
        }

        var text = $"(({known.CSharpType}){Emit.Runtime.Literal(literal.Token.Text)})";
        return Cast(text, use, known.CSharpType);
    }

    private static string Number(string digits, TypeUse use)
    {
        var fits = long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        var plain = fits ? number is >= int.MinValue and <= int.MaxValue ? digits : digits + "L"
            : $"global::System.Numerics.BigInteger.Parse(\"{digits}\", global::System.Globalization.CultureInfo.InvariantCulture)";
        if (use.Core is GeneratedCore)
        {
            return $"new {use.CSharpType}({plain})";
        }

        return use.CSharpType is "int" or "long" ? plain : Cast($"(({Emit.Runtime.Prefix}Integer){(plain[0] == '-' ? $"({plain})" : plain)})", use, $"{Emit.Runtime.Prefix}Integer");
    }

    private static string? NamedBits(BitStringTypeSyntax bits, BlockValueSyntax block, TypeUse use)
    {
        var names = block.Tokens.Where(token => token.Kind == TokenKind.LowerWord).Select(token => token.Text).ToList();
        if (names.Any(name => bits.Names.All(bit => bit.Name != name)))
        {
            return null;
        }

        return names.Count == 0 ? $"default({use.CSharpType})" : $"({string.Join(" | ", names.Select(name => Member(name, use)))})";
    }
}
