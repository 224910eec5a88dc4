using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <content>OBJECT IDENTIFIER and RELATIVE-OID (X.680 32, 33).</content>
internal sealed partial class ValueNodeBinder
{
    private const string Root = "";

    // What the run-time takes.
    private const int MostOidOctets = 1024;

    private ValueNode? Oid(ValueSyntax value, Scope scope, Peeled definition)
    {
        if (value is not BlockValueSyntax { Tokens.Count: > 0 } block)
        {
            return Misfit(value, scope, definition);
        }

        if (Arcs(block, scope, isRelative: false) is not { } arcs)
        {
            return null;
        }

        if (arcs[0] > 2 || (arcs[0] < 2 && arcs.Count > 1 && arcs[1] > 39))
        {
            reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, value.Span, $"an object identifier begins with 0, 1 or 2, and behind 0 and 1 comes a number up to 39; found {Dotted(arcs)}");
            return null;
        }

        return new OidNode(Dotted(arcs));
    }

    private ValueNode? RelativeOid(ValueSyntax value, Scope scope, Peeled definition) =>
        value is not BlockValueSyntax { Tokens.Count: > 0 } block ? Misfit(value, scope, definition)
        : Arcs(block, scope, isRelative: true) is { } arcs ? new RelativeOidNode(Dotted(arcs)) : null;

    private static string Dotted(IEnumerable<BigInteger> arcs) => string.Join(".", arcs.Select(arc => arc.ToString(CultureInfo.InvariantCulture)));

    private List<BigInteger>? Arcs(BlockValueSyntax block, Scope scope, bool isRelative)
    {
        var arcs = new List<BigInteger>();
        var tokens = block.Tokens;
        for (var i = 0; i < tokens.Count;)
        {
            var reference = ReferenceAt(tokens, i, out var width);
            var added = tokens[i].Kind == TokenKind.Number ? Plain(tokens[i], block, scope)
                : reference is null ? null
                : i + width < tokens.Count && tokens[i + width].Is("(") ? InParentheses(tokens, i + width, scope, ref width)
                : !isRelative && i == 0 && IsLabel(reference, tokens, scope) ? []
                : Named(reference, scope, arcs, isRelative);
            if (added is null)
            {
                if (reference is null && tokens[i].Kind != TokenKind.Number)
                {
                    reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, tokens[i].Span, $"expected a name, a number or name(number) in an object identifier, found '{Short(tokens[i].Text)}'");
                }

                return null;
            }

            arcs.AddRange(added);
            i += width;
        }

        if (arcs.Sum(arc => Math.Max(1, (arc.ToByteArray().Length * 8L / 7) + 1)) <= MostOidOctets * 2)
        {
            return arcs;
        }

        reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, block.Span, "this object identifier is longer than the run-time takes");
        return null;
    }

    /// <summary>Returns the reference that begins at a token, <c>name</c> or <c>Module.name</c>; null where none does.</summary>
    private static ReferenceValueSyntax? ReferenceAt(IReadOnlyList<Token> tokens, int at, out int width)
    {
        width = 1;
        if (tokens[at].Kind == TokenKind.LowerWord)
        {
            return new ReferenceValueSyntax(null, tokens[at].Text, null, [], tokens[at].Span);
        }

        if (tokens[at].Kind != TokenKind.UpperWord || at + 2 >= tokens.Count || !tokens[at + 1].Is(".") || tokens[at + 2].Kind != TokenKind.LowerWord)
        {
            return null;
        }

        width = 3;
        return new ReferenceValueSyntax(tokens[at].Text, tokens[at + 2].Text, null, [], tokens[at].Span.Through(tokens[at + 2].Span));
    }

    /// <summary>A name that means nothing before a whole object identifier in numbers is read over: older texts have such labels.</summary>
    private bool IsLabel(ReferenceValueSyntax reference, IReadOnlyList<Token> tokens, Scope scope)
    {
        var isWhole = tokens.Count > 3 && tokens[1].Text is "0" or "1" or "2" && tokens.Skip(1).All(token => token.Kind == TokenKind.Number);
        if (!isWhole || reference.Module is not null || scope.Find(reference.Name) is not null || symbols.Find(scope.Unit, null, reference.Name) is not null
            || symbols.IsFromAbsentModule(scope.Unit, null, reference.Name) || WellKnownArcs.Find([], reference.Name) is not null)
        {
            return false;
        }

        reporter.Warning(DiagnosticCodes.DoubtfulValue, scope.Unit, reference.Span, $"{reference.Name} is neither a value nor an arc that everybody knows: it is read over");
        return true;
    }

    private List<BigInteger>? Plain(Token token, ValueSyntax block, Scope scope) => Digits(token.Text, block, scope) is { } number ? [number] : null;

    /// <summary>Reads <c>(number)</c> or <c>(reference)</c> behind a name.</summary>
    private List<BigInteger>? InParentheses(IReadOnlyList<Token> tokens, int open, Scope scope, ref int width)
    {
        var inner = 1;
        ValueSyntax? number = open + 1 >= tokens.Count ? null
            : tokens[open + 1].Kind == TokenKind.Number ? new LiteralValueSyntax(tokens[open + 1], tokens[open + 1].Span)
            : ReferenceAt(tokens, open + 1, out inner);
        if (number is null || open + 1 + inner >= tokens.Count || !tokens[open + 1 + inner].Is(")"))
        {
            reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, tokens[open].Span, "expected a number in parentheses behind the name");
            return null;
        }

        width += inner + 2;
        return Bind(number, scope, PlainInteger, scope) is IntegerNode { Value: var value } && value.Sign >= 0 ? [value] : null;
    }

    /// <summary>Returns what a name stands for: a value that is an identifier or a number, or an arc that everybody knows (X.680 32.7).</summary>
    private List<BigInteger>? Named(ReferenceValueSyntax reference, Scope scope, List<BigInteger> before, bool isRelative)
    {
        var isDefined = (reference.Module is null && scope.Find(reference.Name) is not null) || symbols.Find(scope.Unit, reference.Module, reference.Name) is not null;
        if (!isDefined && !isRelative && WellKnownArcs.Find(before, reference.Name) is { } arc)
        {
            return [arc];
        }

        return Component(reference, scope) switch
        {
            OidNode oid when before.Count == 0 && !isRelative => Numbers(oid.Dotted),
            RelativeOidNode relative when before.Count > 0 || isRelative => Numbers(relative.Dotted),
            IntegerNode number when number.Value.Sign >= 0 => [number.Value],
            null => null,
            { } other => Refuse(reference, scope, other),
        };
    }

    private static List<BigInteger> Numbers(string dotted) => [.. dotted.Split('.').Select(arc => BigInteger.Parse(arc, CultureInfo.InvariantCulture))];

    private List<BigInteger>? Refuse(ReferenceValueSyntax reference, Scope scope, ValueNode found)
    {
        reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, reference.Span, $"expected an object identifier at the beginning, or a number, found {reference.Name}, which is {Describe(found)}");
        return null;
    }

    /// <summary>Binds a component by its own governor; a dummy of any governor counts as what it is given.</summary>
    private ValueNode? Component(ReferenceValueSyntax reference, Scope scope)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (reference.Module is null && scope.Find(reference.Name) is { Syntax.Value: { } actual } dummy)
        {
            return actual is ReferenceValueSyntax next ? Component(next, dummy.Scope)
                : actual is BlockValueSyntax block ? Bind(block, dummy.Scope, new BuiltinTypeSyntax("OBJECT IDENTIFIER", default), dummy.Scope)
                : Bind(actual, dummy.Scope, PlainInteger, dummy.Scope);
        }

        var symbol = symbols.Find(scope.Unit, reference.Module, reference.Name);
        if (symbol is { Assignment: MacroAssignmentSyntax macro })
        {
            return macro.Value is null ? null : Bind(macro.Value, symbol.Unit.Scope, new BuiltinTypeSyntax("OBJECT IDENTIFIER", default), symbol.Unit.Scope);
        }

        if (symbol is { Assignment: ValueAssignmentSyntax { Parameters.Count: 0 } assignment }
            && !classes.IsClass(assignment.Governor, symbol.Unit.Scope))
        {
            return Bind(symbol, assignment);
        }

        return Bind(reference, scope, new BuiltinTypeSyntax("OBJECT IDENTIFIER", default), scope);
    }
}
