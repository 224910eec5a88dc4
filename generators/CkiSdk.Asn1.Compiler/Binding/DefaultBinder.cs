using System.Globalization;
using System.Numerics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Turns values into C# expressions, for DEFAULT and for the values that a module names.</summary>
internal sealed class DefaultBinder(Peeler peeler)
{
    private const string Prefix = Emit.Runtime.Prefix;

    /// <summary>Returns the expression of a simple value; null for one that C# decodes from its octets.</summary>
    public string? Expression(ValueNode node, TypeSyntax type, Scope scope, TypeUse use)
    {
        if (peeler.Definition(type, scope) is not { } definition)
        {
            return null;
        }

        if (node is OctetsNode or BitsNode && definition.Constraints.Any(entry => entry.Constraint.Root is ContentsConstraintSyntax))
        {
            return null;
        }

        // A type that wraps a wrapper takes the inner one's value.
        var references = peeler.References(type, scope);
        var innermost = references.Count == 0 ? use
            : use with { CSharpType = references[references.Count - 1].FullName, Core = new GeneratedCore(references[references.Count - 1].FullName, GeneratedKind.Plain, 0) };
        var expression = Expression(node, definition, innermost);
        return expression is null ? null : references.Reverse().Skip(1).Aggregate(expression, (inner, outer) => $"new {outer.FullName}({inner})");
    }

    private static string? Expression(ValueNode node, Peeled definition, TypeUse use) => (node, definition.Base) switch
    {
        (BooleanNode boolean, _) => Cast(boolean.Value ? "true" : "false", use, "bool"),
        (NullNode, BuiltinTypeSyntax) => $"default({use.CSharpType})",
        (IntegerNode number, IntegerTypeSyntax type) => Member(type, NamedItems.Of(type).NameOf(number.Value.ToString(CultureInfo.InvariantCulture)), use, Names.OfValue) ?? Number(number.Value, use),
        (EnumeratedNode item, EnumeratedTypeSyntax type) => Member(type, item.Name, use, Names.Member)
            ?? $"(({use.CSharpType}){item.Number.ToString(CultureInfo.InvariantCulture)})",
        (BitsNode bits, BitStringTypeSyntax type) => NamedBits(bits, type, use) ?? Cast(BitString(bits, type.Names.Count > 0), use),
        (OctetsNode octets, BuiltinTypeSyntax) => $"({use.CSharpType}){Prefix}OctetString.FromHex(\"{octets.Hex}\")",
        (OidNode oid, _) => Cast($"{Prefix}ObjectIdentifier.Parse(\"{oid.Dotted}\")", use, Prefix + "ObjectIdentifier"),
        (RelativeOidNode oid, _) => Cast($"{Prefix}RelativeOid.Parse(\"{oid.Dotted}\")", use, Prefix + "RelativeOid"),
        (RealNode or SpecialRealNode, _) => Cast(Real(node), use, Prefix + "Real"),
        (TextNode text, BuiltinTypeSyntax type) when BuiltinTypes.Find(type.Name) is { } known => Cast($"(({known.CSharpType}){Emit.Runtime.Literal(text.Text)})", use, known.CSharpType),
        (TimeNode time, BuiltinTypeSyntax type) when BuiltinTypes.Find(type.Name) is { } known => Cast(Time(time, type.Name, known), use, known.CSharpType),
        (ListNode { Items.Count: 0 }, SequenceOfTypeSyntax) => $"default({use.CSharpType})",
        _ => null,
    };

    private static string Cast(string expression, TypeUse use, string? plain = null) => use.CSharpType == plain ? expression : $"(({use.CSharpType}){expression})";

    /// <summary>Returns the member of a named number or item; null where two names become one in C#.</summary>
    private static string? Member(TypeSyntax type, string? name, TypeUse use, Func<string, string, string> rule) =>
        name is null || !NamedItems.Of(type).IsAlone(name) ? null : $"{use.CSharpType}.{rule(name, use.CSharpType.Substring(use.CSharpType.LastIndexOf('.') + 1))}";

    private static string Number(BigInteger number, TypeUse use)
    {
        var plain = Emit.Runtime.Number(number);
        if (use.Core is GeneratedCore)
        {
            return $"new {use.CSharpType}({plain})";
        }

        return use.CSharpType is "int" or "long" ? plain : Cast($"(({Prefix}Integer){(plain[0] == '-' ? $"({plain})" : plain)})", use, Prefix + "Integer");
    }

    private static string? NamedBits(BitsNode bits, BitStringTypeSyntax type, TypeUse use)
    {
        if (type.Names.Count == 0)
        {
            return null;
        }

        var octets = Bits.FromHex(bits.Hex);
        var members = new List<string>();
        for (var bit = 0; bit < bits.Length; bit++)
        {
            if ((octets[bit / 8] & (0x80 >> (bit % 8))) == 0)
            {
                continue;
            }

            var number = bit.ToString(CultureInfo.InvariantCulture);
            if (Member(type, NamedItems.Of(type).NameOf(number), use, Names.OfValue) is not { } member)
            {
                return null;
            }

            members.Add(member);
        }

        return members.Count == 0 ? $"default({use.CSharpType})" : $"({string.Join(" | ", members)})";
    }

    private static string BitString(BitsNode bits, bool hasNames)
    {
        var contents = DerOctets.BitString(bits, hasNames);
        return $"new {Prefix}BitString(global::System.Convert.FromHexString(\"{Bits.ToHex([.. contents.Skip(1)])}\"), {contents[0].ToString(CultureInfo.InvariantCulture)})";
    }

    private static string Real(ValueNode node) => node switch
    {
        SpecialRealNode special => $"{Prefix}Real.{special.Word switch { "PLUS-INFINITY" => "PositiveInfinity", "MINUS-INFINITY" => "NegativeInfinity", "NOT-A-NUMBER" => "NaN", _ => "NegativeZero" }}",
        RealNode { Mantissa.IsZero: true } => $"default({Prefix}Real)",
        RealNode number => $"{Prefix}Real.{(number.Base == 10 ? "FromDecimal" : "FromBinary")}({Emit.Runtime.Number(number.Mantissa)}, {Emit.Runtime.Number(number.Exponent)})",
        _ => throw new ArgumentException(node.GetType().Name, nameof(node)),
    };

    private static string Time(TimeNode time, string type, BuiltinType known) => type is "UTCTime" or "GeneralizedTime"
        ? $"new {known.CSharpType}(\"{TimeNotation.Der(type, time.Text)}\"u8.ToArray())"
        : $"{known.CSharpType}.Parse({Emit.Runtime.Literal(time.Text)})";
}
