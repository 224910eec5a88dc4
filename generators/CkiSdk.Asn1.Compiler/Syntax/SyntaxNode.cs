namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Is a part of the tree that the parser makes of a module, with the place that it stands at.</summary>
public abstract record SyntaxNode(TextSpan Span);
