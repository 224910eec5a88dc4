using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Works out the values that stand in constraints: each is one of the type that is constrained (X.680 51.2.2, 51.4.3).</summary>
internal sealed class ConstantBinder(ValueBinder values)
{
    private static readonly TypeSyntax AnyText = new BuiltinTypeSyntax("UniversalString", default);
    private static readonly TypeSyntax AnyReal = new BuiltinTypeSyntax("REAL", default);

    /// <summary>Returns the value; null where it comes from a module that is not there, or was reported.</summary>
    public ValueNode? Bind(ValueSyntax value, Peeled governor, Scope scope) => values.Nodes.Bind(value, scope, governor.Base, governor.Scope);

    /// <summary>Returns the characters of a string of any type, also of a list, a tuple or a quadruple (X.680 41.8); null where it is none.</summary>
    public string? Text(ValueSyntax value, Scope scope) => value switch
    {
        LiteralValueSyntax { Token.Kind: TokenKind.String } literal => literal.Token.Text,
        ReferenceValueSyntax or BlockValueSyntax => (values.Nodes.Own(value, scope, AnyText) as TextNode)?.Text,
        _ => null,
    };

    /// <summary>Returns a real number; null where the value is none, after a report.</summary>
    public double? Real(ValueSyntax value, Scope scope) => values.Nodes.Bind(value, scope, AnyReal, scope) switch
    {
        SpecialRealNode { Word: "NOT-A-NUMBER" } => double.NaN,
        { } node => Emit.DescriptorConstraints.RealNumber(node),
        null => null,
    };
}
