using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <content>Open types and ANY (X.681 14.6, X.208 27), the types that carry values of other syntaxes (X.680 36, 37, 44), and values from objects (X.681 15).</content>
internal sealed partial class ValueNodeBinder
{
    private static readonly (string Word, TypeSyntax Type)[] WordTypes =
        [("NULL", new BuiltinTypeSyntax("NULL", default)), ("TRUE", new BuiltinTypeSyntax("BOOLEAN", default)), ("FALSE", new BuiltinTypeSyntax("BOOLEAN", default))];

    private ValueNode? Open(ValueSyntax value, Scope scope, Peeled definition)
    {
        var (written, type) = value switch
        {
            OpenTypeValueSyntax open => (open.Value, open.Type),
            WordValueSyntax word => (word, WordTypes.FirstOrDefault(known => known.Word == word.Word).Type),
            _ => (value, null),
        };
        if (type is null)
        {
            // The type of a value from a module that is not there was warned of at its import.
            if (IsAbsent(definition))
            {
                return null;
            }

            if (value is not LiteralValueSyntax)
            {
                return Misfit(value, scope, definition);
            }

            reporter.Warning(DiagnosticCodes.DoubtfulValue, scope.Unit, value.Span, "the value of an open type has its type before it, such as INTEGER : 42 (X.681 14.6); this one has no encoding");
            return null;
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
    private ValueNode? Field(ReferenceValueSyntax reference, Scope scope, TypeSyntax type, Scope typeScope)
    {
        if (fields.Value(reference, scope) is { } setting)
        {
            return Bind(setting.Value, setting.Scope, type, typeScope);
        }

        if (!symbols.IsFromAbsentModule(scope.Unit, reference.Module, reference.Name))
        {
            reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, reference.Span, $"{reference.Name} is no object here with a value in {string.Join(".", reference.Fields)}");
        }

        return null;
    }
}
