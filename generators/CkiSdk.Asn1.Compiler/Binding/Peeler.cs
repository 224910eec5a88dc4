using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Takes tags, constraints, dummies and parameterised references off a type until its base shows (X.683 9).</summary>
internal sealed class Peeler(SymbolTable symbols, ClassBinder classes, Reporter reporter)
{
    private const int MostSteps = 200;

    /// <summary>Returns the base of a type; null after a report where there is none.</summary>
    public Peeled? Peel(TypeSyntax type, Scope scope)
    {
        var tags = new List<(TaggedTypeSyntax, Scope)>();
        var constraints = new List<(ConstraintSyntax, Scope)>();
        var instances = new List<string>();
        for (var step = 0; step < MostSteps; step++)
        {
            switch (type)
            {
                case TaggedTypeSyntax tagged:
                    tags.Add((tagged, scope));
                    type = tagged.Type;
                    continue;
                case ConstrainedTypeSyntax constrained:
                    constraints.Add((constrained.Constraint, scope));
                    type = constrained.Type;
                    continue;
                case ClassFieldTypeSyntax field:
                    var fixedType = classes.FixedType(field, scope);
                    if (fixedType is not { } found)
                    {
                        return new Peeled(field, scope, null, tags, constraints, instances);
                    }

                    (type, scope) = found;
                    continue;
                case SelectionTypeSyntax selection:
                    var alternative = Select(selection, scope);
                    if (alternative is not { } chosen)
                    {
                        return null;
                    }

                    (type, scope) = chosen;
                    continue;
                case TypeReferenceSyntax reference:
                    if (Follow(reference, scope, instances) is not { } next)
                    {
                        return null;
                    }

                    if (next.Target is not null)
                    {
                        return new Peeled(next.Type, next.Scope, next.Target, tags, constraints, instances);
                    }

                    (type, scope) = (next.Type, next.Scope);
                    continue;
                default:
                    return new Peeled(type, scope, null, tags, constraints, instances);
            }
        }

        reporter.Error(DiagnosticCodes.EndlessType, scope.Unit, type.Span, "the type refers to itself without an end");
        return null;
    }

    /// <summary>Returns the scope of a parameterised definition's body; null after a report where the number of parameters is wrong.</summary>
    public Scope? Enter(Symbol symbol, IReadOnlyList<ArgumentSyntax>? arguments, Scope scope, TextSpan span)
    {
        var parameters = symbol.Assignment.Parameters;
        var given = arguments?.Count ?? 0;
        if (given != parameters.Count)
        {
            reporter.Error(DiagnosticCodes.WrongParameters, scope.Unit, span, $"{symbol.Assignment.Name} takes {parameters.Count} parameters, not {given}");
            return null;
        }

        var map = new Dictionary<string, Argument>(StringComparer.Ordinal);
        var keys = new List<string>();
        for (var i = 0; i < given; i++)
        {
            var argument = Resolve(new Argument(arguments![i], scope));
            map[parameters[i].Name] = argument;
            var text = argument.Scope.Unit.Source.Text.Substring(argument.Syntax.Span.Start, argument.Syntax.Span.Length);
            keys.Add($"{argument.Scope.Unit.Syntax.Name}:{text}:{argument.Scope.Key}");
        }

        return new Scope(symbol.Unit, symbol.Assignment, map, $"{symbol.FullName}{{{string.Join(",", keys)}}}");
    }

    /// <summary>A dummy that is handed on is replaced by what it stands for.</summary>
    private static Argument Resolve(Argument argument)
    {
        while (argument.Syntax.Type is TypeReferenceSyntax { Module: null, Arguments: null } reference && argument.Scope.Find(reference.Name) is { } outer)
        {
            argument = outer;
        }

        return argument;
    }

    private (TypeSyntax Type, Scope Scope, Symbol? Target)? Follow(TypeReferenceSyntax reference, Scope scope, List<string> instances)
    {
        if (reference.Module is null && scope.Find(reference.Name) is { } dummy)
        {
            if (dummy.Syntax.Type is { } actual)
            {
                return (actual, dummy.Scope, null);
            }

            reporter.Error(DiagnosticCodes.WrongKind, dummy.Scope.Unit, dummy.Syntax.Span, $"a type is expected for the parameter {reference.Name}");
            return null;
        }

        if (symbols.Find(scope.Unit, reference.Module, reference.Name) is not { } symbol)
        {
            return Missing(reference, scope);
        }

        if (symbol.Assignment is SetAssignmentSyntax { Governor: var governor } && !classes.IsClass(governor, new Scope(symbol.Unit)))
        {
            return (governor, new Scope(symbol.Unit), null);
        }

        if (symbol.Assignment is not TypeAssignmentSyntax assignment || classes.IsClass(symbol))
        {
            reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, reference.Span, $"{reference.Name} is no type");
            return null;
        }

        if (assignment.Parameters.Count > 0 || reference.Arguments is not null)
        {
            if (Enter(symbol, reference.Arguments, scope, reference.Span) is not { } inner)
            {
                return null;
            }

            instances.Add(inner.Key);
            return (assignment.Type, inner, null);
        }

        return assignment.Type is TypeReferenceSyntax && IsAlias(assignment.Type, symbol)
            ? (assignment.Type, new Scope(symbol.Unit), null)
            : (reference, new Scope(symbol.Unit), symbol);
    }

    /// <summary>A mere other name is the type itself; an instance of a parameterised type is a type of its own.</summary>
    private bool IsAlias(TypeSyntax type, Symbol symbol) =>
        type is TypeReferenceSyntax { Arguments: null } reference
        && symbols.Find(symbol.Unit, reference.Module, reference.Name) is { Assignment.Parameters.Count: 0 };

    private (TypeSyntax Type, Scope Scope, Symbol? Target)? Missing(TypeReferenceSyntax reference, Scope scope)
    {
        if (symbols.IsFromAbsentModule(scope.Unit, reference.Module, reference.Name))
        {
            return (new AnyTypeSyntax(null, reference.Span), scope, null);
        }

        reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, reference.Span, $"{reference.Name} is not defined here and not imported");
        return null;
    }

    private (TypeSyntax Type, Scope Scope)? Select(SelectionTypeSyntax selection, Scope scope)
    {
        if (Definition(selection.Choice, scope) is { Base: ChoiceTypeSyntax choice } peeled)
        {
            var found = choice.Alternatives.OfType<NamedComponentSyntax>().FirstOrDefault(alternative => alternative.Name == selection.Alternative);
            if (found is not null)
            {
                return (found.Type, peeled.Scope);
            }
        }

        reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, selection.Span, $"there is no choice with an alternative {selection.Alternative} here");
        return null;
    }

    /// <summary>Returns the named types that a type goes through to its base, the outermost first.</summary>
    public IReadOnlyList<Symbol> References(TypeSyntax type, Scope scope)
    {
        var references = new List<Symbol>();
        var peeled = Peel(type, scope);
        for (var step = 0; step < MostSteps && peeled is { Target: { } target }; step++)
        {
            references.Add(target);
            peeled = Peel(((TypeAssignmentSyntax)target.Assignment).Type, new Scope(target.Unit));
        }

        return references;
    }

    /// <summary>Returns the base of a type behind all references; null where there is none.</summary>
    public Peeled? Definition(TypeSyntax type, Scope scope)
    {
        var peeled = Peel(type, scope);
        for (var step = 0; step < MostSteps && peeled is { Target: { } target }; step++)
        {
            peeled = Peel(((TypeAssignmentSyntax)target.Assignment).Type, new Scope(target.Unit));
        }

        return peeled is { Target: null } ? peeled : null;
    }
}
