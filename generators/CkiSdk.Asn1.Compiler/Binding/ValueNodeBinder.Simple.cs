using System.Globalization;
using System.Numerics;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <content>INTEGER, BIT STRING and OCTET STRING (X.680 19, 22, 23).</content>
internal sealed partial class ValueNodeBinder
{
    /// <summary>The greatest number of a named bit.</summary>
    public const int MostBits = 1 << 20;

    private const int MostDigits = 20_000;

    private static readonly TypeSyntax PlainInteger = new IntegerTypeSyntax([], default);

    /// <summary>Returns the number that stands behind a name in braces (X.680 19.1): a number or a reference to one; null after a report.</summary>
    public BigInteger? NumberOf(NamedNumberSyntax name, Scope scope) =>
        name.Value is null ? null : Integer(name.Value, scope);

    /// <summary>Returns an integer; null after a report, and without one where it comes from a module that is not there.</summary>
    public BigInteger? Integer(ValueSyntax value, Scope scope) => (Bind(value, scope, PlainInteger, scope) as IntegerNode)?.Value;

    private ValueNode? Integer(ValueSyntax value, Scope scope, Peeled definition) =>
        value is not LiteralValueSyntax { Token.Kind: TokenKind.Number } literal ? Misfit(value, scope, definition)
        : Digits(literal.Token.Text, literal, scope) is { } number ? new IntegerNode(number) : null;

    private BigInteger? Digits(string digits, ValueSyntax value, Scope scope)
    {
        if (digits.Length <= MostDigits)
        {
            return BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        }

        reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, value.Span, $"a number has at most {MostDigits} digits here");
        return null;
    }

    private ValueNode? BitString(BitStringTypeSyntax bits, ValueSyntax value, Scope scope, Peeled definition, TypeSyntax type, Scope typeScope)
    {
        switch (value)
        {
            case LiteralValueSyntax { Token.Kind: TokenKind.BinaryString or TokenKind.HexString } literal:
                var length = literal.Token.Kind == TokenKind.HexString ? literal.Token.Text.Length * 4 : literal.Token.Text.Length;
                return new BitsNode(Bits.ToHex(literal.Token), (8 - (length % 8)) % 8);
            case BlockValueSyntax { Tokens.Count: > 0 } block when block.Tokens[0].Is("CONTAINING"):
                return Contained(block, scope, definition, type, typeScope) is { } der ? new BitsNode(der, 0) : null;
            case BlockValueSyntax block:
                return NamedBits(bits, block, scope, definition);
            default:
                return Misfit(value, scope, definition);
        }
    }

    private BitsNode? NamedBits(BitStringTypeSyntax bits, BlockValueSyntax block, Scope scope, Peeled definition)
    {
        var set = new SortedSet<int>();
        for (var i = 0; i < block.Tokens.Count; i += 2)
        {
            var (token, isLast) = (block.Tokens[i], i + 1 == block.Tokens.Count);
            if (token.Kind != TokenKind.LowerWord || (!isLast && (!block.Tokens[i + 1].Is(",") || i + 2 == block.Tokens.Count)))
            {
                _ = Misfit(block, scope, definition);
                return null;
            }

            if (NamedItems.Of(bits).Find(token.Text) is not { } named)
            {
                reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, token.Span, $"{token.Text} is no bit of this BIT STRING; expected {Choices(bits.Names.Select(name => name.Name))}");
                return null;
            }

            if (NumberOf(named, definition.Scope) is not { } number || number < 0 || number > MostBits)
            {
                return null;
            }

            set.Add((int)number);
        }

        return FromBits(set);
    }

    private static BitsNode FromBits(SortedSet<int> set)
    {
        var length = set.Count == 0 ? 0 : set.Max + 1;
        var octets = new byte[(length + 7) / 8];
        foreach (var bit in set)
        {
            octets[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return new BitsNode(Bits.ToHex(octets), (octets.Length * 8) - length);
    }

    private ValueNode? Octets(ValueSyntax value, Scope scope, Peeled definition, TypeSyntax type, Scope typeScope) => value switch
    {
        LiteralValueSyntax { Token.Kind: TokenKind.BinaryString or TokenKind.HexString } literal => new OctetsNode(Bits.ToHex(literal.Token)),
        BlockValueSyntax { Tokens.Count: > 0 } block when block.Tokens[0].Is("CONTAINING") => Contained(block, scope, definition, type, typeScope) is { } der ? new OctetsNode(der) : null,
        _ => Misfit(value, scope, definition),
    };

    /// <summary>Returns the octets of <c>CONTAINING value</c>, by the type that the contents constraint names (X.680 22.11, X.682 11).</summary>
    private string? Contained(BlockValueSyntax block, Scope scope, Peeled definition, TypeSyntax type, Scope typeScope)
    {
        if (Contents(type, typeScope) is not { } contents)
        {
            _ = Misfit(block, scope, definition);
            return null;
        }

        var inner = Parsed(Parser.ParseValue(scope.Unit.Source, [.. block.Tokens.Skip(1)], block.Span));
        return inner is not null && Bind(inner, scope, contents.Type, contents.Scope) is { } node ? Encoder.Encode(node, contents.Type, contents.Scope) : null;
    }

    private (TypeSyntax Type, Scope Scope)? Contents(TypeSyntax type, Scope scope)
    {
        var peeled = peeler.Peel(type, scope);
        for (var step = 0; step < MostDepth && peeled is not null; step++)
        {
            foreach (var (constraint, where) in peeled.Constraints)
            {
                if (constraint.Root is ContentsConstraintSyntax { Type: { } contained })
                {
                    return (contained, where);
                }
            }

            peeled = peeled.Target is { Assignment: TypeAssignmentSyntax assignment } target ? peeler.Peel(assignment.Type, target.Unit.Scope) : null;
        }

        return null;
    }

    private static string Choices(IEnumerable<string> names)
    {
        var few = names.Take(6).ToList();
        return few.Count == 0 ? "none" : string.Join(", ", few.Take(5)) + (few.Count > 5 ? ", …" : string.Empty);
    }
}
