namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Is a component's value in the braces of a SEQUENCE or SET value: <c>name value</c> (X.680 25.18).</summary>
public sealed record NamedValueSyntax(string Name, ValueSyntax Value, TextSpan Span) : SyntaxNode(Span);
