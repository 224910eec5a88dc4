namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Is a comment that speaks to the compiler, <c>--! relax Name</c>; Text is what stands behind the exclamation mark.</summary>
public sealed record DirectiveSyntax(string Text, TextSpan Span) : SyntaxNode(Span);
