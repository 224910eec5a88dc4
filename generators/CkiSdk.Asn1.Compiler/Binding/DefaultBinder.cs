using System.Globalization;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Turns values into C# expressions, for DEFAULT and for the values that a module names.</summary>
internal sealed class DefaultBinder(Peeler peeler, ValueBinder values, Reporter reporter)
{
    /// <summary>Returns the expression of a default value; null after a report, and where the type comes from a module that is not there.</summary>
    public string? Expression(ValueSyntax value, TypeSyntax type, Scope scope, TypeUse use)
    {
        var expression = use.IsOpen ? null : TryExpression(value, type, scope, use);
        if (expression is null && !use.IsOpen && !ReportsFault(value, type, scope))
        {
            reporter.Error(DiagnosticCodes.Unsupported, scope.Unit, value.Span, "a value of this form is not compiled by this version");
        }

        return expression;
    }

    /// <summary>Reports a value that cannot belong to the type: a literal of another kind, or a name that means nothing. Says whether it did.</summary>
    public bool ReportsFault(ValueSyntax value, TypeSyntax type, Scope scope)
    {
        if (peeler.Definition(type, scope) is not { Base: not AnyTypeSyntax and not ClassFieldTypeSyntax } definition)
        {
            return false;
        }

        if (value is ReferenceValueSyntax { Fields.Count: 0, Arguments: null } reference && scope.Find(reference.Name) is null && !values.IsKnown(reference, scope))
        {
            reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, value.Span, $"{reference.Name} is not defined here and not imported");
            return true;
        }

        if (values.Resolve(value, scope) is { Value: ReferenceValueSyntax { Fields.Count: 0 } again } resolved && values.IsValue(again, resolved.Scope))
        {
            reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, value.Span, "this value refers to itself without an end");
            return true;
        }

        if (values.Resolve(value, scope).Value is LiteralValueSyntax or WordValueSyntax or ChoiceValueSyntax && !Fits(values.Resolve(value, scope).Value, definition.Base))
        {
            reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, value.Span, "this value does not fit the type");
            return true;
        }

        return false;
    }

    private static bool Fits(ValueSyntax value, TypeSyntax type) => (type, value) switch
    {
        (BuiltinTypeSyntax { Name: "BOOLEAN" }, _) => value is WordValueSyntax { Word: "TRUE" or "FALSE" },
        (BuiltinTypeSyntax { Name: "NULL" }, _) => value is WordValueSyntax { Word: "NULL" },
        (BuiltinTypeSyntax { Name: "REAL" }, _) => value is WordValueSyntax { Word: "PLUS-INFINITY" or "MINUS-INFINITY" or "NOT-A-NUMBER" or "MIN" or "MAX" } or LiteralValueSyntax { Token.Kind: TokenKind.Number or TokenKind.RealNumber },
        (IntegerTypeSyntax, _) => value is LiteralValueSyntax { Token.Kind: TokenKind.Number } or WordValueSyntax { Word: "MIN" or "MAX" },
        (BitStringTypeSyntax or BuiltinTypeSyntax { Name: "OCTET STRING" }, _) => value is LiteralValueSyntax { Token.Kind: TokenKind.HexString or TokenKind.BinaryString },
        (ChoiceTypeSyntax, _) => value is ChoiceValueSyntax,
        (EnumeratedTypeSyntax or SequenceTypeSyntax or SequenceOfTypeSyntax or BuiltinTypeSyntax { Name: "OBJECT IDENTIFIER" or "RELATIVE-OID" }, _) => false,
        (BuiltinTypeSyntax, _) => value is LiteralValueSyntax { Token.Kind: TokenKind.String },
        _ => true,
    };

    /// <summary>Returns the expression of a value; null where it has none.</summary>
    public string? TryExpression(ValueSyntax value, TypeSyntax type, Scope scope, TypeUse use)
    {
        if (peeler.Definition(type, scope) is not { } definition)
        {
            return null;
        }

        // A type that wraps a wrapper takes the inner one's value.
        var references = peeler.References(type, scope);
        var innermost = references.Count == 0 ? use
            : use with { CSharpType = references[references.Count - 1].FullName, Core = new GeneratedCore(references[references.Count - 1].FullName, GeneratedKind.Plain, 0) };
        var expression = Expression(value, definition, scope, innermost);
        return expression is null ? null : references.Reverse().Skip(1).Aggregate(expression, (inner, outer) => $"new {outer.FullName}({inner})");
    }

    private string? Expression(ValueSyntax value, Peeled definition, Scope scope, TypeUse use)
    {
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
        EnumeratedTypeSyntax items when items.Root.Concat(items.Additional).Any(item => item.Name == name) => Member(name, use, Names.Member),
        IntegerTypeSyntax integer when integer.Names.Any(number => number.Name == name) => Member(name, use, Names.OfValue),
        _ => null,
    };

    private static string Member(string name, TypeUse use, Func<string, string, string> rule) =>
        $"{use.CSharpType}.{rule(name, use.CSharpType.Substring(use.CSharpType.LastIndexOf('.') + 1))}";

    private string? Oid(ValueSyntax value, Scope scope, TypeUse use) =>
        values.ObjectIdentifier(value, scope) is { } dotted ? Cast($"{Emit.Runtime.Prefix}ObjectIdentifier.Parse(\"{dotted}\")", use, $"{Emit.Runtime.Prefix}ObjectIdentifier") : null;

    private static string? Text(LiteralValueSyntax literal, Peeled definition, TypeUse use)
    {
        if (definition.Base is not BuiltinTypeSyntax builtin || BuiltinTypes.Find(builtin.Name) is not { } known || known.Method == "OctetString" || !known.Method.EndsWith("String", StringComparison.Ordinal))
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

        return names.Count == 0 ? $"default({use.CSharpType})" : $"({string.Join(" | ", names.Select(name => Member(name, use, Names.OfValue)))})";
    }
}
