using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <summary>Knows the types that the macros of the authentication framework of 1988 stand for (X.509 8, annex A).</summary>
internal static class AuthenticationMacros
{
    /// <summary>Says whether a macro is one of them.</summary>
    public static bool IsKnown(string name) => name is "SIGNED" or "SIGNATURE" or "ENCRYPTED";

    /// <summary>Returns the type that a macro with an inner type stands for; its encoding is that of the parameterised type of the same name.</summary>
    public static TypeSyntax Expand(string name, TypeSyntax inner, TextSpan span) => name switch
    {
        "SIGNED" => Sequence(span, new NamedComponentSyntax("toBeSigned", inner, false, null, null, span) { IsSigned = true }, Algorithm(span), Encrypted(span)),
        "SIGNATURE" => Sequence(span, Algorithm(span), Encrypted(span)),
        _ => new BitStringTypeSyntax([], span),
    };

    private static NamedComponentSyntax Encrypted(TextSpan span) => Component("encrypted", new BitStringTypeSyntax([], span), span);

    private static NamedComponentSyntax Algorithm(TextSpan span) => Component(
        "algorithmIdentifier",
        Sequence(
            span,
            Component("algorithm", new BuiltinTypeSyntax("OBJECT IDENTIFIER", span), span),
            new NamedComponentSyntax("parameters", new AnyTypeSyntax("algorithm", span), true, null, null, span)),
        span);

    private static NamedComponentSyntax Component(string name, TypeSyntax type, TextSpan span) => new(name, type, false, null, null, span);

    private static SequenceTypeSyntax Sequence(TextSpan span, params ComponentSyntax[] components) => new(false, components, span);
}
