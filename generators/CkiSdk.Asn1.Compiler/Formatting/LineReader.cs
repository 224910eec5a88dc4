using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Formatting;

/// <summary>Cuts a text into lines of tokens and comments, and says where blanks belong.</summary>
internal static class LineReader
{
    /// <summary>Returns the lines that are not empty.</summary>
    public static List<Line> Read(SourceText source, LexerResult lexed)
    {
        var lines = new List<Line>();
        var end = 0;
        var before = string.Empty;
        foreach (var (token, next, span) in Items(lexed))
        {
            var text = source.Text.Substring(span.Start, span.Length).TrimEnd();
            var gap = source.Text.Substring(end, span.Start - end);
            var breaks = Breaks(gap);
            if (lines.Count == 0 || breaks > 0)
            {
                lines.Add(new Line([], breaks > 1));
            }

            // A comment that ends with its line may not have the end of the line in its span.
            var mark = token >= 0 ? text : string.Empty;
            lines[lines.Count - 1].Items.Add(new LineItem(text.Replace("\r", string.Empty), token, next, NeedsBlank(before, mark, gap.Length > 0)));
            (end, before) = (span.Start + text.Length, mark);
        }

        return lines;
    }

    private static IEnumerable<(int Token, int Next, TextSpan Span)> Items(LexerResult lexed)
    {
        var comment = 0;
        for (var token = 0; token < lexed.Tokens.Count; token++)
        {
            for (; comment < lexed.Comments.Count && lexed.Comments[comment].NextToken <= token; comment++)
            {
                yield return (-1, token, lexed.Comments[comment].Span);
            }

            if (lexed.Tokens[token].Kind != TokenKind.End)
            {
                yield return (token, token, lexed.Tokens[token].Span);
            }
        }
    }

    private static int Breaks(string gap)
    {
        var breaks = 0;
        for (var i = 0; i < gap.Length; i++)
        {
            breaks += gap[i] == '\n' || (gap[i] == '\r' && (i + 1 == gap.Length || gap[i + 1] != '\n')) ? 1 : 0;
        }

        return breaks;
    }

    // Blanks are taken away only before a comma or semicolon, where no two items can grow together.
    private static bool NeedsBlank(string before, string item, bool hasBlank) =>
        item is not ("," or ";") && (hasBlank || item.Length == 0 || before is "," or ";" or "::=" or "|" || item is "::=" or "|");
}
