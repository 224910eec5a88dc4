using System.Globalization;
using System.Numerics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Works out numbers and object identifiers of value notation.</summary>
internal sealed class ValueBinder(SymbolTable symbols, FieldBinder fields, Parameters parameters)
{
    private const int MostSteps = 50;

    private static readonly TypeSyntax Identifier = new BuiltinTypeSyntax("OBJECT IDENTIFIER", default);

    private static readonly Dictionary<string, int> WellKnownArcs = new(StringComparer.Ordinal)
    {
        ["itu-t"] = 0,
        ["ccitt"] = 0,
        ["iso"] = 1,
        ["joint-iso-itu-t"] = 2,
        ["joint-iso-ccitt"] = 2,
        ["standard"] = 0,
        ["registration-authority"] = 1,
        ["member-body"] = 2,
        ["identified-organization"] = 3,
        ["recommendation"] = 0,
        ["question"] = 1,
        ["administration"] = 2,
        ["network-operator"] = 3,
    };

    /// <summary>Gets or sets what binds values by their types.</summary>
    public ValueNodeBinder Nodes { get; set; } = null!;

    /// <summary>Returns the value of a number or of a reference to one; null where it is none, or MIN or MAX.</summary>
    public BigInteger? Number(ValueSyntax value, Scope scope) => Number(value, scope, 0);

    /// <summary>Returns an object identifier in dotted form; null after a report, or where it comes from a module that is not there.</summary>
    public string? ObjectIdentifier(ValueSyntax value, Scope scope) => (Nodes.Bind(value, scope, Identifier, scope) as Model.OidNode)?.Dotted;

    /// <summary>Returns an object identifier in dotted form where it is written in numbers and well-known names; null where it is not.</summary>
    public static string? WrittenIdentifier(BlockValueSyntax block)
    {
        var arcs = new List<string>();
        for (var i = 0; i < block.Tokens.Count; i++)
        {
            var token = block.Tokens[i];
            if (i + 3 < block.Tokens.Count && block.Tokens[i + 1].Is("(") && block.Tokens[i + 2].Kind == TokenKind.Number && block.Tokens[i + 3].Is(")"))
            {
                arcs.Add(block.Tokens[i + 2].Text);
                i += 3;
            }
            else if (token.Kind == TokenKind.Number)
            {
                arcs.Add(token.Text);
            }
            else if (arcs.Count < 3 && WellKnownArcs.TryGetValue(token.Text, out var arc))
            {
                arcs.Add(arc.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                return null;
            }
        }

        return arcs.Count > 0 ? string.Join(".", arcs) : null;
    }

    /// <summary>Follows references to the value that was written, with its scope.</summary>
    public (ValueSyntax Value, Scope Scope) Resolve(ValueSyntax value, Scope scope)
    {
        for (var step = 0; step < MostSteps && value is ReferenceValueSyntax reference; step++)
        {
            if (Follow(reference, scope) is not { } next)
            {
                break;
            }

            (value, scope) = next;
        }

        return (value, scope);
    }

    /// <summary>Says whether a reference leads to a value that a module defines.</summary>
    public bool IsValue(ReferenceValueSyntax reference, Scope scope) =>
        scope.Find(reference.Name) is null && symbols.Find(scope.Unit, reference.Module, reference.Name) is { Assignment: ValueAssignmentSyntax };

    private (ValueSyntax Value, Scope Scope)? Follow(ReferenceValueSyntax reference, Scope scope)
    {
        if (reference.Fields.Count > 0)
        {
            return fields.Value(reference, scope);
        }

        if (reference.Module is null && scope.Find(reference.Name) is { Syntax.Value: { } actual } argument)
        {
            return (actual, argument.Scope);
        }

        var symbol = symbols.Find(scope.Unit, reference.Module, reference.Name);
        if (symbol is { Assignment: MacroAssignmentSyntax { Value: { } made } })
        {
            return (made, symbol.Unit.Scope);
        }

        return symbol is { Assignment: ValueAssignmentSyntax assignment }
            && parameters.Enter(symbol, reference.Arguments, scope, reference.Span) is { } inner
            ? (assignment.Value, inner)
            : null;
    }

    private BigInteger? Number(ValueSyntax value, Scope scope, int depth) => value switch
    {
        LiteralValueSyntax { Token: { Kind: TokenKind.Number, Text.Length: < 20_000 } token } => BigInteger.Parse(token.Text, CultureInfo.InvariantCulture),
        ReferenceValueSyntax { Module: null, Fields.Count: 0 } reference when depth < MostSteps && scope.Find(reference.Name) is { Syntax.Value: { } actual } dummy =>
            Number(actual, dummy.Scope, depth + 1),
        ReferenceValueSyntax reference when reference.Fields.Count > 0 || reference.Arguments is not null => Nodes.Integer(reference, scope),
        ReferenceValueSyntax reference when symbols.Find(scope.Unit, reference.Module, reference.Name) is { Assignment: ValueAssignmentSyntax { Parameters.Count: 0 } assignment } symbol =>
            (Nodes.Bind(symbol, assignment) as Model.IntegerNode)?.Value,
        _ => null,
    };
}
