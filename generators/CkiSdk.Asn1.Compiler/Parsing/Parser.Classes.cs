using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <content>Reads information object classes (X.681 9).</content>
public sealed partial class Parser
{
    private ClassSyntax ParseClass()
    {
        var start = _position;
        Expect("CLASS");
        Expect("{");
        var fields = new List<ClassFieldSyntax>();
        do
        {
            fields.Add(ParseClassField());
        }
        while (TryTake(","));
        if (!TryTake("}"))
            throw Unexpected("',' or '}'");
        if (!Is("WITH"))
            return new ClassSyntax(fields, null, SpanFrom(start));
        TakeWords("SYNTAX");
        var syntax = ParseBlock();
        foreach (var word in syntax.Tokens.Where(token => token.Kind == TokenKind.UpperWord && Words.BeginsSetting(token.Text)))
        {
            _diagnostics.Add(Asn1Diagnostic.At(
                DiagnosticCodes.UnexpectedToken, isError: true, _source, word.Span, $"Found '{word.Text}', expected a word that no type or value begins with (X.681 10.6)."));
        }

        return new ClassSyntax(fields, [.. syntax.Tokens.SelectMany(SplitDoubleBracket)], SpanFrom(start));
    }

    // In WITH SYNTAX, "[[" and "]]" are two brackets each.
    private static IEnumerable<Token> SplitDoubleBracket(Token token)
    {
        if (!token.Is("[[") && !token.Is("]]"))
            return [token];
        var mark = token.Text.Substring(1);
        return
        [
            new Token(TokenKind.Mark, mark, new TextSpan(token.Span.Start, 1)),
            new Token(TokenKind.Mark, mark, new TextSpan(token.Span.Start + 1, 1)),
        ];
    }

    private ClassFieldSyntax ParseClassField()
    {
        var start = _position;
        if (Current.Kind is not (TokenKind.UpperField or TokenKind.LowerField))
            throw Unexpected("a field such as &id or &Type");
        var isLower = Is(TokenKind.LowerField);
        var name = Take().Text;
        TypeSyntax? governor = null;
        string? governorField = null;
        if (Current.Kind is TokenKind.UpperField or TokenKind.LowerField)
            governorField = Take().Text;
        else if (isLower || (BeginsType() && !Is("OPTIONAL") && !Is("DEFAULT")))
            governor = ParseType();
        var isUnique = TryTake("UNIQUE");
        var isOptional = TryTake("OPTIONAL");
        var defaultValue = !isOptional && TryTake("DEFAULT") ? ParseArgument() : null;
        return new ClassFieldSyntax(name, governor, governorField, isUnique, isOptional, defaultValue, SpanFrom(start));
    }
}
