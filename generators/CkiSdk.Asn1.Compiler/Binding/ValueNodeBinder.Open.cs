using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <content>Open types and ANY (X.681 14.6, X.208 27), the types that carry values of other syntaxes (X.680 36, 37, 44), and values from objects (X.681 15).</content>
internal sealed partial class ValueNodeBinder
{
    private static readonly (string Word, TypeSyntax Type)[] Plain =
        [("NULL", new BuiltinTypeSyntax("NULL", default)), ("TRUE", new BuiltinTypeSyntax("BOOLEAN", default)), ("FALSE", new BuiltinTypeSyntax("BOOLEAN", default))];

    private ValueNode? Open(ValueSyntax value, Scope scope, Peeled definition)
    {
        var (written, type) = value switch
        {
            OpenTypeValueSyntax open => (open.Value, open.Type),
            WordValueSyntax word => (word, Plain.FirstOrDefault(plain => plain.Word == word.Word).Type),
            _ => (value, null),
        };
        if (type is null)
        {
            // The type of a value from a module that is not there was warned of at its import.
            return IsAbsent(definition) ? null : Misfit(value, scope, definition);
        }

        return Bind(written, scope, type, scope) is { } node && Encoder.Encode(node, type, scope) is { } der ? new OpenNode(node, der) : null;
    }

    /// <summary>The values of EXTERNAL and its siblings are those of SEQUENCE types that the standard gives.</summary>
    private ValueNode? Associated(string type, ValueSyntax value, Scope scope, Peeled definition)
    {
        if (value is not BlockValueSyntax block)
        {
            return Misfit(value, scope, definition);
        }

        var isOld = type == "EXTERNAL" && (block.Tokens.Count == 0 || block.Tokens[0].Text != "identification");
        var sequence = AssociatedTypes.Of(type == "EXTERNAL" && !isOld ? "EXTERNAL VALUE" : type);
        var node = Sequence((SequenceTypeSyntax)sequence.Type, value, scope, new Peeled(sequence.Type, sequence.Scope, null, [], [], []));
        return type == "EXTERNAL" && !isOld && node is SequenceNode external ? AssociatedTypes.Encoded(external) : node;
    }

    /// <summary>Returns the value that an object has in a field: <c>object.&amp;field</c>.</summary>
    private ValueNode? Field(ReferenceValueSyntax reference, Scope scope, Peeled definition, TypeSyntax type, Scope typeScope)
    {
        var setting = Setting(reference, scope, 0);
        if (setting is not { } found)
        {
            return null;
        }

        if (found.Syntax.Value is { } value)
        {
            return Bind(value, found.Scope, type, typeScope);
        }

        reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, reference.Span, $"expected {Describe(definition)}, found a field that holds no value");
        return null;
    }

    private Argument? Setting(ReferenceValueSyntax reference, Scope scope, int depth)
    {
        Argument? current = new(new ArgumentSyntax(null, reference with { Fields = [] }, reference.Span), scope);
        foreach (var field in reference.Fields)
        {
            if (current is null || Object(current, depth) is not { } fields)
            {
                return null;
            }

            if (!fields.Settings.TryGetValue(field, out var setting))
            {
                reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, reference.Span, $"the object {reference.Name} has no field {field}");
                return null;
            }

            current = setting;
        }

        return current;
    }

    /// <summary>Returns the settings of an object, with the defaults of its class for those that it lacks; null after a report.</summary>
    private (IReadOnlyDictionary<string, Argument> Settings, ClassSyntax Class)? Object(Argument argument, int depth)
    {
        var scope = argument.Scope;
        if (depth > MostDepth || argument.Syntax.Value is not ReferenceValueSyntax reference)
        {
            reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, argument.Syntax.Span, "expected the name of an object");
            return null;
        }

        if (reference.Module is null && scope.Find(reference.Name) is { } dummy)
        {
            return Object(dummy, depth + 1);
        }

        var symbol = symbols.Find(scope.Unit, reference.Module, reference.Name);
        if (symbol is not { Assignment: ValueAssignmentSyntax { Governor: TypeReferenceSyntax governor } assignment } || classes.Find(governor, new Scope(symbol.Unit)) is not { } found)
        {
            if (!symbols.IsFromAbsentModule(scope.Unit, reference.Module, reference.Name))
            {
                reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, reference.Span, $"{reference.Name} is no object that is defined here or imported");
            }

            return null;
        }

        var inner = assignment.Parameters.Count == 0 && reference.Arguments is null ? new Scope(symbol.Unit) : peeler.Enter(symbol, reference.Arguments, scope, reference.Span);
        if (inner is null || assignment.Value is not BlockValueSyntax block)
        {
            return inner is null ? null : Object(new Argument(new ArgumentSyntax(null, assignment.Value, assignment.Value.Span), inner), depth + 1);
        }

        if (Parsed(Parser.ParseObjectByClass(inner.Unit.Source, found.Class, block.Tokens, block.Span)) is not { } settings)
        {
            return null;
        }

        var all = settings.ToDictionary(setting => setting.Key, setting => new Argument(setting.Value, inner), StringComparer.Ordinal);
        foreach (var field in found.Class.Fields.Where(field => field.Default is not null && !all.ContainsKey(field.Name)))
        {
            all.Add(field.Name, new Argument(field.Default!, found.Scope));
        }

        return (all, found.Class);
    }
}
