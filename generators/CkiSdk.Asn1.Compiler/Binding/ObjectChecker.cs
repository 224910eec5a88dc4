using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Checks information objects and object sets: that their references lead somewhere, and that objects have the fields of their class (X.681 11, 12).</summary>
internal sealed class ObjectChecker(SymbolTable symbols, ClassBinder classes, Peeler peeler, Reporter reporter)
{
    /// <summary>Checks <c>name CLASS ::= { … }</c>.</summary>
    public void CheckObject(ModuleUnit unit, ValueAssignmentSyntax assignment)
    {
        var scope = new Scope(unit);
        if (assignment.Governor is TypeReferenceSyntax governor && classes.Find(governor, scope) is { } found)
        {
            Object(assignment.Value, found.Class, found.Scope, scope);
        }
    }

    /// <summary>Checks <c>Name CLASS ::= { … }</c>.</summary>
    public void CheckSet(ModuleUnit unit, SetAssignmentSyntax assignment)
    {
        var scope = new Scope(unit);
        if (assignment.Governor is TypeReferenceSyntax governor && classes.Find(governor, scope) is { } found)
        {
            Set(assignment.Block, found.Class, found.Scope, scope);
        }
    }

    /// <summary>Checks the object set of a table constraint (X.682 10.3).</summary>
    public void CheckTable(ConstraintSyntax constraint, Scope scope)
    {
        if (constraint.Root is TableConstraintSyntax { ObjectSet.Type: TypeReferenceSyntax reference } && !IsDummy(reference.Name, scope))
        {
            SetReference(reference, scope);
        }
    }

    private static bool IsDummy(string name, Scope scope) => scope.Find(name) is not null;

    private void Set(BlockValueSyntax block, ClassSyntax definition, Scope classScope, Scope scope)
    {
        var elements = Parser.ParseObjectSetElements(scope.Unit.Source, block.Tokens, block.Span);
        Report(elements.Diagnostics);
        if (elements.Node is { } set)
        {
            Elements(set.Root, definition, classScope, scope);
            if (set.Additional is { } additional)
            {
                Elements(additional, definition, classScope, scope);
            }
        }
    }

    private void Elements(ElementsSyntax elements, ClassSyntax definition, Scope classScope, Scope scope)
    {
        switch (elements)
        {
            case SetOperationSyntax operation:
                foreach (var operand in operation.Operands)
                {
                    Elements(operand, definition, classScope, scope);
                }

                break;
            case SingleValueSyntax single:
                Object(single.Value, definition, classScope, scope);
                break;
            case ContainedSubtypeSyntax { Type: TypeReferenceSyntax reference } when !IsDummy(reference.Name, scope):
                SetReference(reference, scope);
                break;
        }
    }

    private void Object(ValueSyntax value, ClassSyntax definition, Scope classScope, Scope scope)
    {
        if (value is ReferenceValueSyntax reference && !IsDummy(reference.Name, scope))
        {
            ObjectReference(reference, scope);
        }
        else if (value is BlockValueSyntax block)
        {
            var fields = Parser.ParseObjectByClass(scope.Unit.Source, definition, block.Tokens, block.Span);
            Report(fields.Diagnostics);
            if (fields.Node is { } settings)
            {
                Fields(settings, definition, classScope, scope, block.Span);
            }
        }
    }

    private void Fields(IReadOnlyDictionary<string, ArgumentSyntax> settings, ClassSyntax definition, Scope classScope, Scope scope, TextSpan span)
    {
        foreach (var setting in settings)
        {
            if (definition.Fields.FirstOrDefault(field => field.Name == setting.Key) is { } field)
            {
                Field(field, setting.Value, classScope, scope);
            }
            else
            {
                reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, setting.Value.Span, $"the class has no field {setting.Key}");
            }
        }

        foreach (var field in definition.Fields.Where(field => !field.IsOptional && field.Default is null && !settings.ContainsKey(field.Name)))
        {
            reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, span, $"the object lacks the field {field.Name}");
        }
    }

    private void Field(ClassFieldSyntax field, ArgumentSyntax setting, Scope classScope, Scope scope)
    {
        var isClass = field.Governor is TypeReferenceSyntax governor && classes.Find(governor, classScope) is not null;
        var isValue = char.IsLower(field.Name[1]);
        if (field.Governor is null && field.GovernorField is null && setting.Type is { } type)
        {
            // A class among the settings is a dummy's business; a type must be there.
            _ = peeler.Peel(type, scope);
        }
        else if (isClass && !isValue && setting.Type is TypeReferenceSyntax set && !IsDummy(set.Name, scope))
        {
            SetReference(set, scope);
        }
        else if (isClass && isValue && setting.Value is ReferenceValueSyntax reference && !IsDummy(reference.Name, scope))
        {
            ObjectReference(reference, scope);
        }
    }

    private void ObjectReference(ReferenceValueSyntax reference, Scope scope)
    {
        if (symbols.Find(scope.Unit, reference.Module, reference.Name) is { } symbol)
        {
            var isObject = symbol.Assignment is ValueAssignmentSyntax assignment && IsOfClass(assignment.Governor, symbol);
            if (!isObject && reference.Fields.Count == 0)
            {
                reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, reference.Span, $"{reference.Name} is no object");
            }
        }
        else if (!symbols.IsFromAbsentModule(scope.Unit, reference.Module, reference.Name))
        {
            reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, reference.Span, $"the object {reference.Name} is not defined here and not imported");
        }
    }

    private void SetReference(TypeReferenceSyntax reference, Scope scope)
    {
        if (symbols.Find(scope.Unit, reference.Module, reference.Name) is { } symbol)
        {
            var isSet = symbol.Assignment is SetAssignmentSyntax assignment && IsOfClass(assignment.Governor, symbol);
            if (!isSet)
            {
                reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, reference.Span, $"{reference.Name} is no object set");
            }
        }
        else if (!symbols.IsFromAbsentModule(scope.Unit, reference.Module, reference.Name))
        {
            reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, reference.Span, $"the object set {reference.Name} is not defined here and not imported");
        }
    }

    private bool IsOfClass(TypeSyntax governor, Symbol symbol)
    {
        var scope = new Scope(symbol.Unit);
        return classes.IsClass(governor, scope)
            || (governor is TypeReferenceSyntax reference
                && (classes.IsOutOfSight(reference, scope) || symbols.Find(symbol.Unit, reference.Module, reference.Name) is null || symbol.Assignment.Parameters.Any(parameter => parameter.Name == reference.Name)));
    }

    private void Report(IEnumerable<Asn1Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            reporter.Add(diagnostic);
        }
    }
}
