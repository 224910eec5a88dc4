using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds what the fields of classes and of objects mean where a type or a value is expected (X.681 14, 15).</summary>
internal sealed class FieldBinder(SymbolTable symbols, ClassBinder classes, ObjectBinder objects, ObjectSetBinder sets, Reporter reporter)
{
    /// <summary>Returns the type that a field stands for; null where that is any type, or after a report.</summary>
    public (TypeSyntax Type, Scope Scope)? FixedType(ClassFieldTypeSyntax field, Scope scope)
    {
        if (classes.Find(field.Class, scope) is { } definition)
        {
            return OfClass(field, definition, scope);
        }

        if (IsObjectOrSet(field.Class, scope))
        {
            return OfObjects(field, scope);
        }

        if (!classes.IsOutOfSight(field.Class, scope))
        {
            reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, field.Class.Span, $"{field.Class.Name} is no class that is defined here or imported");
        }

        return null;
    }

    /// <summary>Returns the class field that <c>CLASS.&amp;a.&amp;b</c> ends with, and its class; null where it is not in sight.</summary>
    public (ClassFieldSyntax Field, ClassDefinition Class)? Member(ClassFieldTypeSyntax path, Scope scope) =>
        classes.Find(path.Class, scope) is { } definition ? Member(path, definition, scope) : null;

    /// <summary>Returns what <c>object.&amp;a.&amp;b</c> or <c>Set.&amp;a</c> leads to: the settings of the last field.</summary>
    public IEnumerable<Argument> Settings(TypeReferenceSyntax head, IReadOnlyList<string> fields, Scope scope) =>
        objects.Settings(sets.Heads(head, scope).Objects, fields, out _);

    /// <summary>Returns the value that <c>object.&amp;a.&amp;b</c> leads to; null where there is none in sight.</summary>
    public (ValueSyntax Value, Scope Scope)? Value(ReferenceValueSyntax reference, Scope scope)
    {
        var head = new TypeReferenceSyntax(reference.Module, reference.Name, reference.Arguments, reference.Span);
        return Settings(head, reference.Fields, scope).FirstOrDefault() is { Syntax.Value: { } value } setting ? (value, setting.Scope) : null;
    }

    private bool IsObjectOrSet(TypeReferenceSyntax head, Scope scope) =>
        scope.Find(head.Name) is not null
        || symbols.Find(scope.Unit, head.Module, head.Name) is { Assignment: ValueAssignmentSyntax or SetAssignmentSyntax };

    private (TypeSyntax Type, Scope Scope)? OfClass(ClassFieldTypeSyntax path, ClassDefinition definition, Scope scope) =>
        Member(path, definition, scope) is { } member && Governor(member.Field, member.Class) is { } type ? type : null;

    /// <summary>Returns the type of the values that a field holds; null where it holds types, objects, or values of any type.</summary>
    private (TypeSyntax Type, Scope Scope)? Governor(ClassFieldSyntax field, ClassDefinition definition) =>
        field.Governor is { } type && classes.Of(field, definition) is null ? (type, definition.Scope) : null;

    private (TypeSyntax Type, Scope Scope)? OfObjects(ClassFieldTypeSyntax path, Scope scope)
    {
        var heads = sets.Heads(path.Class, scope);
        var settings = objects.Settings(heads.Objects, path.Fields, out var owners);
        var last = path.Fields[path.Fields.Count - 1];
        if (owners.Count == 0 || owners[0].Class.Field(last) is not { } field)
        {
            if (!heads.IsPartial)
            {
                reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, path.Span, $"{path.Class.Name} has no field {string.Join(".", path.Fields)}");
            }

            return null;
        }

        // A value set from objects (X.681 15.6) is a type: the one that governs the field.
        if (Governor(field, owners[0].Class) is { } governor)
        {
            return governor;
        }

        return settings.FirstOrDefault() is { Syntax.Type: { } type } setting ? (type, setting.Scope) : null;
    }

    private (ClassFieldSyntax Field, ClassDefinition Class)? Member(ClassFieldTypeSyntax path, ClassDefinition definition, Scope scope)
    {
        for (var i = 0; i < path.Fields.Count; i++)
        {
            if (definition.Field(path.Fields[i]) is not { } member)
            {
                reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, path.Span, $"the class {path.Class.Name} has no field {path.Fields[i]}");
                return null;
            }

            if (i == path.Fields.Count - 1)
            {
                return (member, definition);
            }

            if (classes.Of(member, definition) is not { } inner)
            {
                reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, path.Span, $"the field {path.Fields[i]} is no object of a class");
                return null;
            }

            definition = inner;
        }

        return null;
    }
}
