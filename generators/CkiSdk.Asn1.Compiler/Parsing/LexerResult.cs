using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <summary>Is what the lexer makes of a text: the tokens, the last one being the end, and the comments between them.</summary>
internal sealed record LexerResult(IReadOnlyList<Token> Tokens, IReadOnlyList<Comment> Comments, IReadOnlyList<Asn1Diagnostic> Diagnostics);
