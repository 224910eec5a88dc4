using System.Text;

namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Gives pieces of a module as one line, for messages: without comments, and with one blank where there were several or the end of a line.</summary>
internal static class NotationText
{
    /// <summary>Returns the text of a span.</summary>
    public static string OneLine(SourceText source, TextSpan span)
    {
        var text = source.Text.Substring(span.Start, span.Length);
        var line = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var next = EndOfBlank(text, i);
            if (next > i)
            {
                Blank(line);
            }
            else
            {
                next = text[i] is '"' or '\'' ? EndOfString(text, i) : i + 1;
                Append(line, text, i, next);
            }

            i = next;
        }

        return line.ToString().TrimEnd();
    }

    private static void Blank(StringBuilder line)
    {
        if (line.Length > 0 && line[line.Length - 1] != ' ')
        {
            line.Append(' ');
        }
    }

    private static int EndOfBlank(string text, int start)
    {
        if (char.IsWhiteSpace(text[start]))
        {
            return start + 1;
        }

        if (Is(text, start, "--"))
        {
            var end = start + 2;
            while (end < text.Length && text[end] is not ('\n' or '\r') && !Is(text, end, "--"))
            {
                end++;
            }

            return Is(text, end, "--") ? end + 2 : end;
        }

        return Is(text, start, "/*") ? EndOfBlock(text, start) : start;
    }

    // Comments of this form may stand in one another (X.680 12.6.4).
    private static int EndOfBlock(string text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            depth += Is(text, i, "/*") ? 1 : Is(text, i, "*/") ? -1 : 0;
            i += Is(text, i, "/*") || Is(text, i, "*/") ? 1 : 0;
            if (depth == 0)
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    private static int EndOfString(string text, int start)
    {
        var end = text.IndexOf(text[start], start + 1);
        return end < 0 ? text.Length : end + 1;
    }

    // The end of a line in a string counts for nothing, nor do the blanks around it (X.680 12.14.1).
    private static void Append(StringBuilder line, string text, int start, int end)
    {
        var pieces = text.Substring(start, end - start).Split('\n', '\r');
        for (var i = 0; i < pieces.Length; i++)
        {
            var piece = i > 0 ? pieces[i].TrimStart() : pieces[i];
            line.Append(i < pieces.Length - 1 ? piece.TrimEnd() : piece);
        }
    }

    private static bool Is(string text, int index, string mark) => index + 1 < text.Length && text[index] == mark[0] && text[index + 1] == mark[1];
}
