using System.Runtime.CompilerServices;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Works out information object sets (X.681 12): unions, intersections, exclusions, other sets and sets from objects (X.681 15).</summary>
internal sealed class ObjectSetBinder(SymbolTable symbols, ClassBinder classes, ObjectBinder objects, Parameters parameters, Reporter reporter)
{
    private readonly Dictionary<(SyntaxNode, string), ObjectSet> _sets = new(PlaceComparer.Instance);
    private readonly Trail _trail = new();

    /// <summary>Returns the set that a table constraint, a parameter or a field names.</summary>
    /// <param name="argument">A reference, a set from objects, or the notation of a set.</param>
    /// <param name="definition">The class that governs it; null where that is not in sight.</param>
    /// <param name="scope">Where it stands.</param>
    public ObjectSet Find(ArgumentSyntax argument, ClassDefinition? definition, Scope scope) => argument switch
    {
        { Type: TypeReferenceSyntax reference } => Reference(reference, definition, scope),
        { Type: ClassFieldTypeSyntax field } => FromObjects(field, scope),
        { Value: BlockValueSyntax block } => Block(block, definition, scope),
        { Value: ReferenceValueSyntax single } => Single(single, definition, scope),
        _ => ObjectSet.OutOfSight,
    };

    /// <summary>Returns the objects that the head of <c>object.&amp;field</c> or <c>Set.&amp;field</c> stands for.</summary>
    public ObjectSet Heads(TypeReferenceSyntax head, Scope scope) => char.IsLower(head.Name[0])
        ? Single(new ReferenceValueSyntax(head.Module, head.Name, head.Arguments, [], head.Span), null, scope)
        : Reference(head, null, scope);

    private ObjectSet Single(ReferenceValueSyntax value, ClassDefinition? definition, Scope scope) =>
        objects.Find(value, definition, scope) is { } item ? new ObjectSet([item], false, false) : ObjectSet.OutOfSight;

    private ObjectSet FromObjects(ClassFieldTypeSyntax path, Scope scope)
    {
        var heads = Heads(path.Class, scope);
        _ = objects.Settings(heads.Objects, path.Fields, out var owners);
        var found = objects.Step(owners, path.Fields[path.Fields.Count - 1]);
        return ObjectSet.Union(new ObjectSet([], heads.IsExtensible, heads.IsPartial), new ObjectSet(found, false, false));
    }

    private ObjectSet Reference(TypeReferenceSyntax reference, ClassDefinition? definition, Scope scope)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (reference.Module is null && scope.Find(reference.Name) is { } dummy)
        {
            return ReferenceEquals(dummy.Scope, scope) ? ObjectSet.OutOfSight : Find(dummy.Syntax, definition, dummy.Scope);
        }

        if (symbols.Find(scope.Unit, reference.Module, reference.Name) is not { } symbol)
        {
            if (!symbols.IsFromAbsentModule(scope.Unit, reference.Module, reference.Name))
            {
                reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, reference.Span, $"the object set {reference.Name} is not defined here and not imported");
            }

            return ObjectSet.OutOfSight;
        }

        if (symbol.Assignment is not SetAssignmentSyntax { Governor: TypeReferenceSyntax governor } assignment)
        {
            reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, reference.Span, $"{reference.Name} is no object set");
            return ObjectSet.OutOfSight;
        }

        if (parameters.Enter(symbol, reference.Arguments, scope, reference.Span) is not { } inner)
        {
            return ObjectSet.OutOfSight;
        }

        if (classes.Find(governor, inner) is not { } own)
        {
            if (!classes.IsOutOfSight(governor, inner) && symbols.Find(inner.Unit, governor.Module, governor.Name) is not null)
            {
                reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, reference.Span, $"{reference.Name} is no object set");
            }

            return ObjectSet.OutOfSight;
        }

        if (definition is not null && !ReferenceEquals(own.Syntax, definition.Syntax))
        {
            reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, reference.Span, $"{reference.Name} is a set of objects of another class");
            return ObjectSet.OutOfSight;
        }

        return Block(assignment.Block, own, inner, assignment.Name);
    }

    private ObjectSet Block(BlockValueSyntax block, ClassDefinition? definition, Scope scope, string name = "{ … }")
    {
        var key = (block, scope.Key);
        if (_sets.TryGetValue(key, out var known))
        {
            return known;
        }

        if (!_trail.TryEnter(block, scope, name))
        {
            reporter.Error(DiagnosticCodes.EndlessType, scope.Unit, block.Span, $"the object set is defined by itself: {_trail.Way(block, scope)}");
            return ObjectSet.OutOfSight;
        }

        var elements = Parser.ParseObjectSetElements(scope.Unit.Source, block.Tokens, block.Span);
        foreach (var diagnostic in elements.Diagnostics)
        {
            reporter.Add(diagnostic);
        }

        var set = ObjectSet.OutOfSight;
        if (elements.Node is { } node)
        {
            set = Elements(node.Root, definition, scope);
            if (node.Additional is { } additional)
            {
                set = ObjectSet.Union(set, Elements(additional, definition, scope));
            }

            set = set with { IsExtensible = set.IsExtensible || node.IsExtensible };
        }

        _trail.Leave();
        _sets.Add(key, set);
        return set;
    }

    private ObjectSet Elements(ElementsSyntax elements, ClassDefinition? definition, Scope scope)
    {
        switch (elements)
        {
            case SetOperationSyntax { Operands.Count: 0 }:
                return new ObjectSet([], false, false);
            case SetOperationSyntax { Operator: "|" } union:
                return ObjectSet.Union(union.Operands.Select(operand => Elements(operand, definition, scope)));
            case SetOperationSyntax { Operator: "^" or "EXCEPT" } operation:
                return operation.Operands.Select(operand => Elements(operand, definition, scope))
                    .Aggregate((left, right) => operation.Operator == "^" ? left.Intersection(right) : left.Except(right));
            case SingleValueSyntax single:
                return objects.Find(single.Value, definition, scope) is { } item ? new ObjectSet([item], false, false) : ObjectSet.OutOfSight;
            case ContainedSubtypeSyntax contained:
                return Find(new ArgumentSyntax(contained.Type, null, contained.Span), definition, scope);
            case SetOperationSyntax { Operator: "ALL EXCEPT" }:
                // Of all objects that there are, only those that a set takes in by name are known.
                return ObjectSet.OutOfSight;
            default:
                reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, elements.Span, "an object or an object set is expected here");
                return ObjectSet.OutOfSight;
        }
    }
}
