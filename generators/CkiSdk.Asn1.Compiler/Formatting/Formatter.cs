using System.Text;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Formatting;

/// <summary>Gives a module's text an even form: blanks, indentation, columns of names. Lines stay lines, comments stay, and every item stays what it is.</summary>
public static class Formatter
{
    /// <summary>Returns the formatted text; the text itself where it has syntax errors.</summary>
    public static string Format(SourceText source)
    {
        var parsed = Parser.Parse(source);
        if (parsed.Diagnostics.Any(diagnostic => diagnostic.IsError))
        {
            return source.Text;
        }

        var lexed = Lexer.Read(source);
        var lines = LineReader.Read(source, lexed);
        var layout = new Layout(lexed.Tokens, parsed.Modules);
        Columns.Align(lines, layout);
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (line.HasBlankBefore && text.Length > 0)
            {
                text.Append('\n');
            }

            text.Append(' ', layout.Indentation(line)).Append(line.Text()).Append('\n');
        }

        var result = text.ToString();
        return IsSame(lexed, Lexer.Read(new SourceText(source.Path, result))) ? result : source.Text;
    }

    // What a formatter must never do is change a meaning: then it rather does nothing.
    private static bool IsSame(LexerResult before, LexerResult after) =>
        before.Tokens.Select(token => (token.Kind, token.Text)).SequenceEqual(after.Tokens.Select(token => (token.Kind, token.Text)))
        && before.Comments.Select(comment => (comment.NextToken, Words(comment.Text))).SequenceEqual(after.Comments.Select(comment => (comment.NextToken, Words(comment.Text))));

    private static string Words(string text) => string.Join(" ", text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
