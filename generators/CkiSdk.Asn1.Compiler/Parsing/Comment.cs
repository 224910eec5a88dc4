using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <summary>Is a comment (X.680 12.6): its text without the marks, the index of the token that follows it, its place.</summary>
internal readonly record struct Comment(string Text, int NextToken, TextSpan Span);
