using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Checks that the values which modules write, defaults among them, are permitted by the constraints of their types.</summary>
internal sealed class ValueConstraints(ConstraintBinder constraints, Peeler peeler, Components components, Reporter reporter)
{
    private const int MostDepth = 50;

    /// <summary>Reports a value that its type does not permit, or one of whose parts its own does not.</summary>
    /// <param name="node">The value.</param>
    /// <param name="type">The type that governs it.</param>
    /// <param name="scope">Where the type is written.</param>
    /// <param name="value">The value as written.</param>
    /// <param name="unit">The module that writes it.</param>
    public void Check(ValueNode node, TypeSyntax type, Scope scope, ValueSyntax value, ModuleUnit unit)
    {
        if (Outside(node, type, scope, string.Empty, 0) is { } path)
        {
            reporter.Warning(DiagnosticCodes.ConstraintViolated, unit, value.Span, $"the constraints of the type do not permit {(path.Length == 0 ? "this value" : $"the value of {path.Substring(1)}")}");
        }
    }

    // Returns the path of the part that is not permitted.
    private string? Outside(ValueNode node, TypeSyntax type, Scope scope, string path, int depth)
    {
        if (depth > MostDepth || peeler.Definition(type, scope) is not { } definition)
        {
            return null;
        }

        if (constraints.Effective(type, scope) is { } permitted && ConstraintCheck.Permits(permitted, node) == false)
        {
            return path;
        }

        return (node, definition.Base) switch
        {
            (SequenceNode sequence, SequenceTypeSyntax structure) => sequence.Fields.Select(field => Part(field.Name, field.Value, structure.Components, definition.Scope, path, depth)).FirstOrDefault(found => found is not null),
            (ChoiceNode choice, ChoiceTypeSyntax alternatives) => Part(choice.Alternative, choice.Value, alternatives.Alternatives, definition.Scope, path, depth),
            (ListNode list, SequenceOfTypeSyntax items) =>
                list.Items.Select((item, index) => Outside(item, items.Element, definition.Scope, $"{path}.[{index}]", depth + 1)).FirstOrDefault(found => found is not null),
            _ => null,
        };
    }

    private string? Part(string name, ValueNode value, IReadOnlyList<ComponentSyntax> entries, Scope scope, string path, int depth) =>
        components.IndexOf(entries, scope, name) is >= 0 and var index && components.Members(entries, scope)[index] is { Syntax.Name: not null } member
            ? Outside(value, member.Syntax.Type, member.Scope, $"{path}.{name}", depth + 1) : null;
}
