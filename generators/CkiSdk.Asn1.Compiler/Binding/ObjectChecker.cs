using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Checks information objects and object sets: that what their fields are set to is there, and that identifiers are unique (X.681 9 to 12).</summary>
internal sealed class ObjectChecker(ClassBinder classes, ObjectBinder objects, ObjectSetBinder sets, Peeler peeler, ValueBinder values, Reporter reporter)
{
    private readonly HashSet<(ModuleUnit, TextSpan, string)> _checked = [];

    /// <summary>Checks the class of a definition: that its fields are of types and classes that exist.</summary>
    public void CheckClass(ModuleUnit unit, ClassAssignmentSyntax assignment)
    {
        var definition = new ClassDefinition(assignment.Class, unit.Scope);
        foreach (var group in assignment.Class.Fields.GroupBy(field => field.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            reporter.Error(DiagnosticCodes.DuplicateName, unit, group.Last().Span, $"there are two fields {group.Key}");
        }

        foreach (var field in assignment.Class.Fields)
        {
            if (field.Governor is { } governor && classes.Of(field, definition) is null)
            {
                _ = peeler.Peel(governor, definition.Scope);
            }
            else if (field.GovernorField is { } name && definition.Field(name) is null)
            {
                reporter.Error(DiagnosticCodes.UndefinedReference, unit, field.Span, $"the class has no field {name}");
            }
        }

        foreach (var field in assignment.Class.Fields.Where(field => field.IsUnique && char.IsUpper(field.Name[1])))
        {
            reporter.Error(DiagnosticCodes.WrongKind, unit, field.Span, "UNIQUE is for fields that are values (X.681 9.8)");
        }

        if (assignment.Class.WithSyntax is { } syntax
            && assignment.Class.Fields.FirstOrDefault(field => !field.IsOptional && field.Default is null && !syntax.Any(token => token.Text == field.Name)) is { } missing)
        {
            reporter.Warning(DiagnosticCodes.DoubtfulNotation, unit, missing.Span, $"WITH SYNTAX does not set {missing.Name}, which is neither OPTIONAL nor has a DEFAULT: no object has a value for it");
        }

        foreach (var token in (assignment.Class.WithSyntax ?? []).Where(token => token.Kind is TokenKind.UpperField or TokenKind.LowerField && definition.Field(token.Text) is null))
        {
            reporter.Error(DiagnosticCodes.UndefinedReference, unit, token.Span, $"the class has no field {token.Text}");
        }
    }

    /// <summary>Checks <c>name CLASS ::= { … }</c>.</summary>
    public void CheckObject(ModuleUnit unit, ValueAssignmentSyntax assignment)
    {
        var scope = unit.Scope;
        if (assignment.Governor is TypeReferenceSyntax governor && classes.Find(governor, scope) is { } definition
            && objects.Find(new ReferenceValueSyntax(unit.Syntax.Name, assignment.Name, null, [], assignment.NameSpan), definition, scope) is { } item)
        {
            Check(item);
        }
    }

    /// <summary>Checks <c>Name CLASS ::= { … }</c>.</summary>
    public void CheckSet(ModuleUnit unit, SetAssignmentSyntax assignment)
    {
        var scope = unit.Scope;
        if (assignment.Governor is TypeReferenceSyntax governor && classes.Find(governor, scope) is { } definition)
        {
            var reference = new TypeReferenceSyntax(unit.Syntax.Name, assignment.Name, null, assignment.NameSpan);
            var set = sets.Find(new ArgumentSyntax(reference, null, assignment.NameSpan), definition, scope);
            foreach (var item in set.Objects)
            {
                Check(item);
            }

            CheckUnique(set, definition, unit, assignment);
        }
    }

    /// <summary>X.681 9.8: no two objects of a set have the same value in an identifier field.</summary>
    private void CheckUnique(ObjectSet set, ClassDefinition definition, ModuleUnit unit, SetAssignmentSyntax assignment)
    {
        foreach (var field in definition.Syntax.Fields.Where(field => field.IsUnique))
        {
            var seen = new Dictionary<Model.ValueNode, InformationObject>();
            foreach (var item in set.Objects)
            {
                if (item.Setting(field.Name) is not { } setting || Value(setting, field, definition) is not { } value)
                {
                    continue;
                }

                if (seen.TryGetValue(value, out var first))
                {
                    var isHere = ReferenceEquals(item.Scope.Unit, unit) && item.Span.Start >= assignment.Span.Start && item.Span.End <= assignment.Span.End;
                    var names = $"{first.Name ?? "one object"} and {item.Name ?? "another one"}";
                    reporter.Warning(DiagnosticCodes.DuplicateUnique, unit, isHere ? item.Span : assignment.NameSpan, $"{names} of {assignment.Name} have the same {field.Name}");
                }
                else
                {
                    seen.Add(value, item);
                }
            }
        }
    }

    private Model.ValueNode? Value(Argument setting, ClassFieldSyntax field, ClassDefinition definition) =>
        setting.Syntax.Value is { } value && field.Governor is { } governor ? values.Nodes.Bind(value, setting.Scope, governor, definition.Scope) : null;

    private void Check(InformationObject item)
    {
        if (!_checked.Add((item.Scope.Unit, item.Span, item.Scope.Key)))
        {
            return;
        }

        foreach (var setting in item.Settings)
        {
            if (item.Class.Field(setting.Key) is { } field)
            {
                Check(field, setting.Value, item.Class);
            }
        }
    }

    private void Check(ClassFieldSyntax field, Argument setting, ClassDefinition definition)
    {
        var isValue = char.IsLower(field.Name[1]);
        if (field.Governor is null && field.GovernorField is null)
        {
            if (setting.Syntax.Type is { } type)
            {
                _ = peeler.Peel(type, setting.Scope);
            }
            else
            {
                reporter.Error(DiagnosticCodes.WrongKind, setting.Scope.Unit, setting.Syntax.Span, $"a type is expected for the field {field.Name}");
            }
        }
        else if (classes.Of(field, definition) is { } inner)
        {
            Check(inner, setting, isValue);
        }
        else if (isValue && setting.Syntax.Value is null && setting.Syntax.Type is not TypeReferenceSyntax)
        {
            reporter.Error(DiagnosticCodes.WrongKind, setting.Scope.Unit, setting.Syntax.Span, $"a value is expected for the field {field.Name}");
        }
        else if (isValue)
        {
            _ = Value(setting, field, definition);
        }
    }

    private void Check(ClassDefinition definition, Argument setting, bool isObject)
    {
        if (!isObject)
        {
            foreach (var inner in sets.Find(setting.Syntax, definition, setting.Scope).Objects)
            {
                Check(inner);
            }
        }
        else if (setting.Syntax.Value is { } value && objects.Find(value, definition, setting.Scope) is { } inner)
        {
            Check(inner);
        }
    }
}
