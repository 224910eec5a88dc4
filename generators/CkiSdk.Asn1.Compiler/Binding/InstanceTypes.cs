using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Gives INSTANCE OF with an object set the SEQUENCE that it stands for (X.681 C.7).</summary>
internal static class InstanceTypes
{
    /// <summary>Returns the associated type; null where no object set limits it.</summary>
    public static Peeled? Associated(Peeled peeled, InstanceOfTypeSyntax instance)
    {
        foreach (var (constraint, scope) in peeled.Constraints)
        {
            if (constraint.Root is TableConstraintSyntax { AtNotations.Count: 0 } table && ReferenceEquals(scope, peeled.Scope))
            {
                var span = instance.Span.Through(constraint.Span);
                var related = constraint with { Root = table with { AtNotations = [".type-id"] } };
                var value = new TaggedTypeSyntax(null, Number("0", span), "EXPLICIT", Field(instance, "&Type", related, span), span);
                var sequence = new SequenceTypeSyntax(false, [Component("type-id", Field(instance, "&id", constraint, span), span), Component("value", value, span)], span);
                var tag = new TaggedTypeSyntax("UNIVERSAL", Number("8", span), "IMPLICIT", sequence, span);
                return new Peeled(sequence, scope, null, [.. peeled.Tags, (tag, scope)], [], peeled.Instances);
            }
        }

        return null;
    }

    /// <summary>Returns the type of the value of an associated type.</summary>
    public static TypeSyntax Value(Peeled associated) =>
        ((TaggedTypeSyntax)((NamedComponentSyntax)((SequenceTypeSyntax)associated.Base).Components[1]).Type).Type;

    private static ConstrainedTypeSyntax Field(InstanceOfTypeSyntax instance, string field, ConstraintSyntax constraint, TextSpan span) =>
        new(new ClassFieldTypeSyntax(instance.Class, [field], span), constraint, span);

    private static NamedComponentSyntax Component(string name, TypeSyntax type, TextSpan span) => new(name, type, false, null, null, span);

    private static LiteralValueSyntax Number(string digits, TextSpan span) => new(new Token(TokenKind.Number, digits, span), span);
}
