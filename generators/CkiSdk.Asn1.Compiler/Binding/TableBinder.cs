using System.Globalization;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Understands table constraints (X.682 10) and sets of values: what values the field of an object set has.</summary>
internal sealed class TableBinder(SymbolTable symbols, ClassBinder classes, ObjectSetBinder sets, Reporter reporter)
{
    private readonly Dictionary<(SyntaxNode, string), ConstraintSyntax?> _valueSets = new(PlaceComparer.Instance);

    /// <summary>Takes the table constraints out of the constraints of a class field.</summary>
    public IReadOnlyList<Table> Take(List<(ConstraintSyntax Constraint, Scope Scope)> constraints, ClassFieldTypeSyntax field, Scope scope)
    {
        var found = new List<Table>();
        var definition = classes.Find(field.Class, scope);
        foreach (var entry in constraints.ToList())
        {
            if (Parts(entry.Constraint) is { } parts)
            {
                constraints.Remove(entry);
                var set = IsUndefined(parts.Set, entry.Scope) ? ObjectSet.OutOfSight : sets.Find(parts.Set, definition, entry.Scope);
                found.Add(new Table(parts.Paths, set, entry.Scope, entry.Constraint.Span));
            }
        }

        return found;
    }

    /// <summary>Returns the constraints that tables are for a field of values or of value sets: each permits the values that its objects have in it.</summary>
    public IEnumerable<(ConstraintSyntax Constraint, Scope Scope)> Values(IReadOnlyList<Table> tables, ClassFieldTypeSyntax field)
    {
        foreach (var table in tables.Where(table => field.Fields.Count == 1))
        {
            var settings = table.Set.Objects.Select(item => item.Setting(field.Fields[0])).OfType<Argument>().ToList();
            if (char.IsLower(field.Fields[0][1]))
            {
                yield return Union([.. settings.Where(setting => setting.Syntax.Value is not null)], table.Set.IsOpen, table.Scope, table.Span);
            }
            else if (!table.Set.IsOpen && UnionOfSets(settings, table.Span) is { } union)
            {
                yield return union;
            }
        }
    }

    // X.681 9.9: an object has a set of values there. Sets that were written in different scopes have no one constraint: they limit nothing.
    private (ConstraintSyntax Constraint, Scope Scope)? UnionOfSets(List<Argument> settings, TextSpan span)
    {
        if (settings.Count == 0 || settings.Any(setting => setting.Scope.Unit != settings[0].Scope.Unit || setting.Scope.Key.Length > 0))
        {
            return null;
        }

        var scope = settings[0].Scope;
        var permitted = settings.Select(setting => setting.Syntax switch
        {
            { Type: { } type } => new ContainedSubtypeSyntax(type, setting.Syntax.Span),
            { Value: BlockValueSyntax block } => ValueSet(block, scope) is { IsExtensible: false } set ? set.Root : null,
            _ => null,
        }).ToList();
        return permitted.Contains(null) ? null : (new ConstraintSyntax(permitted.Count == 1 ? permitted[0]! : new SetOperationSyntax("|", permitted!, span), false, null, null, span), scope);
    }

    /// <summary>Returns the constraint that the braces of a value set are; null after a report.</summary>
    public ConstraintSyntax? ValueSet(BlockValueSyntax block, Scope scope)
    {
        if (!_valueSets.TryGetValue((block, string.Empty), out var known))
        {
            var elements = Parser.ParseObjectSetElements(scope.Unit.Source, block.Tokens, block.Span);
            foreach (var diagnostic in elements.Diagnostics)
            {
                reporter.Add(diagnostic);
            }

            known = elements.Node;
            _valueSets.Add((block, string.Empty), known);
        }

        return known;
    }

    /// <summary>A set that is nowhere constrains nothing; the type is what it is without it.</summary>
    private bool IsUndefined(ArgumentSyntax set, Scope scope)
    {
        if (set.Type is not TypeReferenceSyntax reference || scope.Find(reference.Name) is not null
            || symbols.Find(scope.Unit, reference.Module, reference.Name) is not null || symbols.IsFromAbsentModule(scope.Unit, reference.Module, reference.Name))
        {
            return false;
        }

        reporter.Warning(DiagnosticCodes.UndefinedReference, scope.Unit, reference.Span, $"the object set {reference.Name} is not defined here and not imported: it constrains nothing");
        return true;
    }

    /// <summary>Each value was written in a scope of its own: it gets the name of a parameter that no module can write.</summary>
    private static (ConstraintSyntax Constraint, Scope Scope) Union(List<Argument> settings, bool isOpen, Scope scope, TextSpan span)
    {
        var names = settings.Select((_, index) => "#" + index.ToString(CultureInfo.InvariantCulture)).ToList();
        var values = names.Select(name => (ElementsSyntax)new SingleValueSyntax(new ReferenceValueSyntax(null, name, null, [], span), span)).ToList();
        var root = values.Count == 1 ? values[0] : new SetOperationSyntax("|", values, span);
        var map = names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => settings[pair.index], StringComparer.Ordinal);
        return (new ConstraintSyntax(root, isOpen, null, null, span), new Scope(scope.Unit, scope.Definition, map, scope.Key));
    }

    private static (ArgumentSyntax Set, IReadOnlyList<string> Paths)? Parts(ConstraintSyntax constraint) => constraint.Root switch
    {
        TableConstraintSyntax table => (table.ObjectSet, table.AtNotations),
        SingleValueSyntax { Value: BlockValueSyntax block } => (new ArgumentSyntax(null, block, block.Span), []),
        _ => null,
    };
}
