using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <summary>Reads modules by recursive descent (X.680, X.681, X.682, X.683, and X.208 of 1988). An error ends one assignment; the next is read again.</summary>
public sealed partial class Parser
{
    private const int MaxDepth = 200;

    private readonly SourceText _source;
    private readonly IReadOnlyList<Token> _tokens;
    private readonly TokenMap _map;
    private readonly IReadOnlyList<Comment> _comments;
    private readonly List<Asn1Diagnostic> _diagnostics = [];
    private readonly bool _isFragment;
    private readonly HashSet<string> _macros = new(StringComparer.Ordinal);
    private readonly HashSet<string> _definedMacros = new(StringComparer.Ordinal);
    private int _position;
    private int _depth;
    private bool _isBeginLate;
    private bool _hasEncodingPrefix;

    private Parser(SourceText source, IReadOnlyList<Token> tokens, IReadOnlyList<Comment> comments, bool isFragment)
    {
        _source = source;
        _tokens = tokens;
        _comments = comments;
        _isFragment = isFragment;
        _map = new TokenMap(source, tokens, _macros);
    }

    private Token Current => _tokens[_position];

    private bool AtEnd => Current.Kind == TokenKind.End;

    /// <summary>Reads a file, which may hold any number of modules; errors become diagnostics, in the order of the text.</summary>
    public static ParseResult Parse(SourceText source)
    {
        var lexed = Lexer.Read(source);
        var parser = new Parser(source, lexed.Tokens, lexed.Comments, isFragment: false);
        parser._diagnostics.AddRange(lexed.Diagnostics);
        parser.FindMacros();
        var modules = parser.ParseModules();
        if (modules.Count == 0 && parser._diagnostics.Count == 0)
        {
            parser.Doubt(parser.Current, "there is no module in this file");
        }

        return new ParseResult(source, modules, [.. parser._diagnostics.OrderBy(d => d.Span.Start)]);
    }

    private Token Peek(int offset) => _tokens[Math.Min(_position + offset, _tokens.Count - 1)];

    private bool PeekIs(int offset, string text) => Peek(offset).Is(text);

    private bool Is(string text) => Current.Is(text);

    private bool Is(TokenKind kind) => Current.Kind == kind;

    private Token Take()
    {
        var token = Current;
        if (!AtEnd)
            _position++;
        return token;
    }

    private bool TryTake(string text)
    {
        if (!Is(text))
            return false;
        _position++;
        return true;
    }

    private Token Expect(string text) => Is(text) ? Take() : throw Unexpected($"'{text}'");

    private Token Expect(TokenKind kind, string expected) => Is(kind) ? Take() : throw Unexpected(expected);

    // From the token at a start index to the token read last.
    private TextSpan SpanFrom(int start) =>
        _position > start ? _tokens[start].Span.Through(_tokens[_position - 1].Span) : new TextSpan(_tokens[start].Span.Start, 0);

    private SyntaxException Unexpected(string expected)
    {
        var hint = Hint(expected);
        return Failure($"Found {Describe(Current)}, expected {expected}{hint}{(hint.EndsWith("?", StringComparison.Ordinal) ? string.Empty : ".")}");
    }

    private SyntaxException Failure(string message) =>
        new(Asn1Diagnostic.At(DiagnosticCodes.UnexpectedToken, isError: true, _source, Current.Span, message));

    private static string Describe(Token token) => token.Kind switch
    {
        TokenKind.End => "the end of the text",
        TokenKind.String => "a string",
        TokenKind.BinaryString or TokenKind.HexString => "a bstring or hstring",
        _ => $"'{(token.Text.Length > 40 ? token.Text.Substring(0, 40) + "…" : token.Text)}'",
    };

    private void Enter()
    {
        if (++_depth > MaxDepth)
            throw TooDeep();
    }

    private SyntaxException TooDeep() =>
        new(Asn1Diagnostic.At(DiagnosticCodes.TooDeep, isError: true, _source, Current.Span, $"Nested deeper than {MaxDepth} levels."));

    private void Leave() => _depth--;
}
