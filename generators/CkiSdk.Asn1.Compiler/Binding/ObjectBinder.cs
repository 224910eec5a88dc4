using System.Runtime.CompilerServices;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds information objects (X.681 11), in their modules, in parameters and in fields of other objects (X.681 15).</summary>
internal sealed class ObjectBinder(SymbolTable symbols, ClassBinder classes, Parameters parameters, Reporter reporter)
{
    private const int MostDepth = 60;

    private readonly Dictionary<(SyntaxNode, string), InformationObject?> _objects = new(PlaceComparer.Instance);
    private readonly Trail _trail = new();

    /// <summary>Gets or sets what finds the object sets that an object can come from.</summary>
    public ObjectSetBinder Sets { get; set; } = null!;

    /// <summary>Returns an object; null where it is not in sight, or after a report.</summary>
    /// <param name="value">A reference to it, or its notation.</param>
    /// <param name="definition">The class that it must have; null where that is not in sight.</param>
    /// <param name="scope">Where it stands.</param>
    public InformationObject? Find(ValueSyntax value, ClassDefinition? definition, Scope scope)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_trail.Depth >= MostDepth)
        {
            reporter.Error(DiagnosticCodes.TooDeep, scope.Unit, value.Span, "more objects stand behind one another here than the compiler follows");
            return null;
        }

        if (!_trail.TryEnter(value, scope, (value as ReferenceValueSyntax)?.Name ?? "{ … }"))
        {
            reporter.Error(DiagnosticCodes.EndlessType, scope.Unit, value.Span, $"the object is defined by itself: {_trail.Way(value, scope)}");
            return null;
        }

        var found = value switch
        {
            ReferenceValueSyntax reference => Reference(reference, definition, scope),
            BlockValueSyntax block when definition is not null => Inline(block, definition, scope, null),
            _ => null,
        };
        _trail.Leave();
        if (found is not null && definition is not null && !ReferenceEquals(found.Class.Syntax, definition.Syntax))
        {
            reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, value.Span, "the object is one of another class");
            return null;
        }

        return found;
    }

    /// <summary>Returns what a path of fields leads to (X.681 15): the settings of the last field, of each object on the way that has it.</summary>
    /// <param name="heads">The objects that the path begins at.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="owners">The objects that have the last field.</param>
    public IEnumerable<Argument> Settings(IReadOnlyList<InformationObject> heads, IReadOnlyList<string> fields, out IReadOnlyList<InformationObject> owners)
    {
        owners = heads;
        for (var i = 0; i + 1 < fields.Count; i++)
        {
            owners = Step(owners, fields[i]);
        }

        return owners.Select(owner => owner.Setting(fields[fields.Count - 1])).OfType<Argument>();
    }

    /// <summary>Returns the objects that objects have in a field, of which it is an object or an object set.</summary>
    public IReadOnlyList<InformationObject> Step(IReadOnlyList<InformationObject> owners, string field)
    {
        var found = new List<InformationObject>();
        foreach (var owner in owners)
        {
            if (owner.Setting(field) is not { } setting || owner.Class.Field(field) is not { } member || classes.Of(member, owner.Class) is not { } inner)
            {
                continue;
            }

            if (char.IsUpper(field[1]))
            {
                found.AddRange(Sets.Find(setting.Syntax, inner, setting.Scope).Objects);
            }
            else if (setting.Syntax.Value is { } value && Find(value, inner, setting.Scope) is { } next)
            {
                found.Add(next);
            }
        }

        return found;
    }

    private InformationObject? Reference(ReferenceValueSyntax reference, ClassDefinition? definition, Scope scope)
    {
        if (reference.Fields.Count == 0)
        {
            return Named(reference, definition, scope);
        }

        if (Named(reference, null, scope) is not { } head)
        {
            return null;
        }

        _ = Settings([head], reference.Fields, out var owners);
        var found = Step(owners, reference.Fields[reference.Fields.Count - 1]);
        return found.Count > 0 ? found[0] : null;
    }

    private InformationObject? Named(ReferenceValueSyntax reference, ClassDefinition? definition, Scope scope)
    {
        if (reference.Module is null && scope.Find(reference.Name) is { } dummy)
        {
            return dummy.Syntax.Value is { } actual ? Find(actual, definition, dummy.Scope) : null;
        }

        if (symbols.Find(scope.Unit, reference.Module, reference.Name) is not { } symbol)
        {
            if (!symbols.IsFromAbsentModule(scope.Unit, reference.Module, reference.Name))
            {
                reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, reference.Span, $"the object {reference.Name} is not defined here and not imported");
            }

            return null;
        }

        if (symbol.Assignment is not ValueAssignmentSyntax { Governor: TypeReferenceSyntax governor } assignment)
        {
            reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, reference.Span, $"{reference.Name} is no object");
            return null;
        }

        if (parameters.Enter(symbol, reference.Arguments, scope, reference.Span) is not { } inner)
        {
            return null;
        }

        if (classes.Find(governor, inner) is not { } own)
        {
            if (!classes.IsOutOfSight(governor, inner) && symbols.Find(inner.Unit, governor.Module, governor.Name) is not null)
            {
                reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, reference.Span, $"{reference.Name} is no object");
            }

            return null;
        }

        return assignment.Value is BlockValueSyntax block ? Inline(block, own, inner, assignment.Name) : Find(assignment.Value, own, inner);
    }

    private InformationObject? Inline(BlockValueSyntax block, ClassDefinition definition, Scope scope, string? name)
    {
        if (_objects.TryGetValue((block, scope.Key), out var known))
        {
            return known;
        }

        var fields = Parser.ParseObjectByClass(scope.Unit.Source, definition.Syntax, block.Tokens, block.Span);
        foreach (var diagnostic in fields.Diagnostics)
        {
            reporter.Add(diagnostic);
        }

        var settings = fields.Node?.ToDictionary(field => field.Key, field => new Argument(field.Value, scope), StringComparer.Ordinal);
        var found = settings is null ? null : new InformationObject(definition, settings, name, scope, block.Span);
        _objects.Add((block, scope.Key), found);
        if (found is not null)
        {
            CheckFields(found);
        }

        return found;
    }

    private void CheckFields(InformationObject item)
    {
        foreach (var setting in item.Settings.Where(setting => item.Class.Field(setting.Key) is null))
        {
            reporter.Error(DiagnosticCodes.UndefinedReference, item.Scope.Unit, setting.Value.Syntax.Span, $"the class has no field {setting.Key}");
        }

        foreach (var field in item.Class.Syntax.Fields.Where(field => !field.IsOptional && field.Default is null && !item.Settings.ContainsKey(field.Name)))
        {
            reporter.Error(DiagnosticCodes.WrongKind, item.Scope.Unit, item.Span, $"the object lacks the field {field.Name}");
        }
    }
}
