using System.Runtime.CompilerServices;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Takes tags, constraints, dummies and parameterised references off a type until its base shows (X.683 9).</summary>
internal sealed class Peeler(SymbolTable symbols, ClassBinder classes, FieldBinder fields, TableBinder tables, Parameters parameters, Reporter reporter)
{
    private const int MostSteps = 200;
    private const int MostLayers = 200;
    private const int FewSteps = 16;

    private readonly Dictionary<AssignmentSyntax, Symbol> _lastAliases = new(ReferenceComparer<AssignmentSyntax>.Instance);
    private readonly Dictionary<ChoiceTypeSyntax, Dictionary<string, NamedComponentSyntax>> _alternatives = new(ReferenceComparer<ChoiceTypeSyntax>.Instance);
    private readonly Dictionary<(SyntaxNode, Scope), Peeled?> _peeled = new(ScopedComparer.Instance);
    private readonly Dictionary<AssignmentSyntax, Peeled?> _definitions = new(ReferenceComparer<AssignmentSyntax>.Instance);

    /// <summary>Says whether a name is one of a definition that can be seen.</summary>
    public bool IsKnown(string name, Scope scope) => scope.Find(name) is not null || symbols.Find(scope.Unit, null, name) is not null;

    /// <summary>Returns the base of a type; null after a report where there is none.</summary>
    public Peeled? Peel(TypeSyntax type, Scope scope)
    {
        // Here also for what is known: all that goes from type to type comes by.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!_peeled.TryGetValue((type, scope), out var known))
        {
            var same = new List<(TypeSyntax, Scope)> { (type, scope) };
            known = Steps(type, scope, same);
            foreach (var place in same)
            {
                _peeled[place] = known;
            }
        }

        return known;
    }

    // Adds to the list what gives the same: the types on the way before the first with something to take off. However many types stand behind one another, each is then looked at once.
    private Peeled? Steps(TypeSyntax type, Scope scope, List<(TypeSyntax, Scope)> same)
    {
        var tags = new List<(TaggedTypeSyntax, Scope)>();
        var constraints = new List<(ConstraintSyntax, Scope)>();
        var instances = new List<string>();
        var found = new List<Table>();
        ClassFieldTypeSyntax? member = null;
        HashSet<(SyntaxNode, string)>? passed = null;
        for (var step = 0; tags.Count + constraints.Count + instances.Count < MostLayers; step++)
        {
            if (step > FewSteps && !(passed ??= new(PlaceComparer.Instance)).Add((type, scope.Key)))
            {
                reporter.Error(DiagnosticCodes.EndlessType, scope.Unit, type.Span, "the type refers to itself without an end");
                return null;
            }

            if (step > 0 && member is null && constraints.Count == 0)
            {
                if (_peeled.TryGetValue((type, scope), out var rest))
                {
                    return rest is null || (tags.Count == 0 && instances.Count == 0) ? rest : rest with { Tags = [.. tags, .. rest.Tags], Instances = [.. instances, .. rest.Instances] };
                }

                if (tags.Count == 0 && instances.Count == 0)
                {
                    same.Add((type, scope));
                }
            }

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
                    member = field;
                    found.AddRange(tables.Take(constraints, field, scope));
                    if (fields.FixedType(field, scope) is not { } fixedType)
                    {
                        return new Peeled(field, scope, null, tags, constraints, instances) { Tables = found, Field = member };
                    }

                    constraints.AddRange(tables.Values(found, field));
                    (type, scope) = fixedType;
                    continue;
                case SelectionTypeSyntax selection:
                    if (Select(selection, scope) is not { } chosen)
                    {
                        return null;
                    }

                    (type, scope) = chosen;
                    continue;
                case TypeReferenceSyntax reference:
                    if (Follow(reference, scope, instances, constraints) is not { } next)
                    {
                        return null;
                    }

                    if (next.Target is not null)
                    {
                        return new Peeled(next.Type, next.Scope, next.Target, tags, constraints, instances) { Tables = found, Field = member };
                    }

                    (type, scope) = (next.Type, next.Scope);
                    continue;
                default:
                    return new Peeled(type, scope, null, tags, constraints, instances) { Tables = found, Field = member };
            }
        }

        reporter.Error(DiagnosticCodes.TooDeep, scope.Unit, type.Span, "more types stand behind one another here than the compiler follows");
        return null;
    }

    private (TypeSyntax Type, Scope Scope, Symbol? Target)? Follow(
        TypeReferenceSyntax reference, Scope scope, List<string> instances, List<(ConstraintSyntax, Scope)> constraints)
    {
        if (reference.Module is null && scope.Find(reference.Name) is { } dummy)
        {
            if (dummy.Syntax.Type is { } actual)
            {
                return (actual, dummy.Scope, null);
            }

            if (dummy.Syntax.Value is BlockValueSyntax values && scope.Definition?.Parameters.FirstOrDefault(parameter => parameter.Name == reference.Name)?.Governor is { } governor)
            {
                if (tables.ValueSet(values, dummy.Scope) is { } permitted)
                {
                    constraints.Add((permitted, dummy.Scope));
                }

                return (governor, scope, null);
            }

            reporter.Error(DiagnosticCodes.WrongKind, dummy.Scope.Unit, dummy.Syntax.Span, $"a type is expected for the parameter {reference.Name}");
            return null;
        }

        if (symbols.Find(scope.Unit, reference.Module, reference.Name) is not { } symbol)
        {
            return Missing(reference, scope);
        }

        if (symbol.Assignment is SetAssignmentSyntax set)
        {
            return ValueSet(set, symbol, reference, scope, constraints);
        }

        // What a macro makes is not known; the parser warned of it.
        if (symbol.Assignment is MacroAssignmentSyntax)
        {
            return (new AnyTypeSyntax(null, reference.Span) { IsAbsent = true }, scope, null);
        }

        if (symbol.Assignment is not TypeAssignmentSyntax assignment || classes.IsClass(symbol))
        {
            reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, reference.Span, $"{reference.Name} is no type");
            return null;
        }

        if (assignment.Parameters.Count > 0 || reference.Arguments is not null)
        {
            if (parameters.Enter(symbol, reference.Arguments, scope, reference.Span) is not { } inner)
            {
                return null;
            }

            instances.Add(inner.Key);
            return (assignment.Type, inner, null);
        }

        return assignment.Type is TypeReferenceSyntax && IsAlias(assignment.Type, symbol)
            ? LastAlias(symbol)
            : (reference, symbol.Unit.Scope, symbol);
    }

    // What the last of other names of other names stands for, however many there are; in a circle any of them.
    private (TypeSyntax Type, Scope Scope, Symbol? Target) LastAlias(Symbol symbol)
    {
        var passed = new HashSet<AssignmentSyntax>(ReferenceComparer<AssignmentSyntax>.Instance);
        var last = symbol;
        while (passed.Add(last.Assignment))
        {
            if (_lastAliases.TryGetValue(last.Assignment, out var known))
            {
                last = known;
                break;
            }

            var reference = (TypeReferenceSyntax)((TypeAssignmentSyntax)last.Assignment).Type;
            if (symbols.Find(last.Unit, reference.Module, reference.Name) is not { Assignment: TypeAssignmentSyntax { Type: TypeReferenceSyntax } next } following || !IsAlias(next.Type, following))
            {
                break;
            }

            last = following;
        }

        foreach (var alias in passed)
        {
            _lastAliases[alias] = last;
        }

        return (((TypeAssignmentSyntax)last.Assignment).Type, last.Unit.Scope, null);
    }

    /// <summary>A value set (X.680 16.6) is the type that governs it, with its values for a constraint.</summary>
    private (TypeSyntax Type, Scope Scope, Symbol? Target)? ValueSet(
        SetAssignmentSyntax set, Symbol symbol, TypeReferenceSyntax reference, Scope scope, List<(ConstraintSyntax, Scope)> constraints)
    {
        if (parameters.Enter(symbol, reference.Arguments, scope, reference.Span) is not { } inner)
        {
            return null;
        }

        if (classes.IsClass(set.Governor, inner))
        {
            reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, reference.Span, $"{reference.Name} is no type");
            return null;
        }

        if (tables.ValueSet(set.Block, inner) is { } values)
        {
            constraints.Add((values, inner));
        }

        return (set.Governor, inner, null);
    }

    /// <summary>A mere other name is the type itself; an instance of a parameterised type is a type of its own.</summary>
    private bool IsAlias(TypeSyntax type, Symbol symbol) =>
        type is TypeReferenceSyntax { Arguments: null } reference
        && symbols.Find(symbol.Unit, reference.Module, reference.Name) is { Assignment.Parameters.Count: 0 };

    private (TypeSyntax Type, Scope Scope, Symbol? Target)? Missing(TypeReferenceSyntax reference, Scope scope)
    {
        if (symbols.IsFromAbsentModule(scope.Unit, reference.Module, reference.Name))
        {
            return (new AnyTypeSyntax(null, reference.Span) { IsAbsent = true }, scope, null);
        }

        reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, reference.Span, $"{reference.Name} is not defined here and not imported{Hint(reference, scope)}");
        return null;
    }

    private string Hint(TypeReferenceSyntax reference, Scope scope) => !reporter.TakeHint() ? string.Empty : Spelling.Hint(
        reference.Name, scope.Unit.Assignments.Where(pair => pair.Value is TypeAssignmentSyntax).Select(pair => pair.Key).Concat(scope.Unit.Imports.Keys.Where(name => char.IsUpper(name[0]))));

    private (TypeSyntax Type, Scope Scope)? Select(SelectionTypeSyntax selection, Scope scope)
    {
        if (Definition(selection.Choice, scope) is { Base: ChoiceTypeSyntax choice } peeled)
        {
            if (Alternatives(choice).TryGetValue(selection.Alternative, out var found))
            {
                return (found.Type, peeled.Scope);
            }
        }

        reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, selection.Span, $"there is no choice with an alternative {selection.Alternative} here");
        return null;
    }

    private Dictionary<string, NamedComponentSyntax> Alternatives(ChoiceTypeSyntax choice)
    {
        if (!_alternatives.TryGetValue(choice, out var known))
        {
            known = new(StringComparer.Ordinal);
            foreach (var alternative in choice.Alternatives.SelectMany(entry => entry is ExtensionGroupSyntax group ? group.Components : [entry])
                .OfType<NamedComponentSyntax>().Where(alternative => alternative.Name is not null && !known.ContainsKey(alternative.Name)))
            {
                known.Add(alternative.Name!, alternative);
            }

            _alternatives.Add(choice, known);
        }

        return known;
    }

    /// <summary>Returns the named types that a type goes through to its base, the outermost first.</summary>
    public IReadOnlyList<Symbol> References(TypeSyntax type, Scope scope)
    {
        var references = new List<Symbol>();
        var peeled = Peel(type, scope);
        for (var step = 0; step < MostSteps && peeled is { Target: { } target }; step++)
        {
            references.Add(target);
            peeled = Peel(((TypeAssignmentSyntax)target.Assignment).Type, target.Unit.Scope);
        }

        return references;
    }

    /// <summary>Returns the base of a type behind all references; null where there is none.</summary>
    public Peeled? Definition(TypeSyntax type, Scope scope) =>
        Peel(type, scope) is not { } peeled ? null : peeled.Target is { } target ? Definition(target) : peeled;

    // However many types stand behind one another, each is looked at once; in a circle there is no base.
    private Peeled? Definition(Symbol target)
    {
        var passed = new HashSet<AssignmentSyntax>(ReferenceComparer<AssignmentSyntax>.Instance);
        Peeled? found = null;
        for (var next = target; next is not null && passed.Add(next.Assignment);)
        {
            if (_definitions.TryGetValue(next.Assignment, out found))
            {
                break;
            }

            found = Peel(((TypeAssignmentSyntax)next.Assignment).Type, next.Unit.Scope);
            next = found?.Target;
        }

        found = found is { Target: null } ? found : null;
        foreach (var definition in passed)
        {
            _definitions[definition] = found;
        }

        return found;
    }
}
