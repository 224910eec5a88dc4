using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <content>Finds the comments that document an assignment or a component.</content>
public sealed partial class Parser
{
    // The comments above a token that belong to what begins there: those without an empty line between, and not the rest of the line before.
    private string? CommentsBefore(int token)
    {
        var lines = Above(token);
        return lines.Count == 0 ? null : string.Join("\n", lines);
    }

    // The comments above a component and those behind it on its line.
    private string? CommentsWith(int first, int last)
    {
        if (_comments.Count == 0)
            return null;
        var lines = Above(first);
        lines.AddRange(Behind(last + 1));
        if (_tokens[Math.Min(last + 1, _tokens.Count - 1)].Is(","))
            lines.AddRange(Behind(last + 2));
        return lines.Count == 0 ? null : string.Join("\n", lines);
    }

    private List<string> Above(int token)
    {
        var lines = new List<string>();
        var (from, to) = Gap(token);
        from += TrailingCount(from, to, token);
        var line = _source.LineAndColumn(_tokens[token].Span.Start).Line;
        var first = to;
        while (first > from && line - _source.LineAndColumn(_comments[first - 1].Span.End).Line <= 1)
            line = _source.LineAndColumn(_comments[--first].Span.Start).Line;
        for (var i = first; i < to; i++)
            AddLines(lines, _comments[i].Text);
        return lines;
    }

    private List<string> Behind(int token)
    {
        var lines = new List<string>();
        if (token >= _tokens.Count)
            return lines;
        var (from, to) = Gap(token);
        var count = TrailingCount(from, to, token);
        for (var i = from; i < from + count; i++)
            AddLines(lines, _comments[i].Text);
        return lines;
    }

    // How many comments of a gap go on the line of the token before it, or go on below at the column of the first.
    private int TrailingCount(int from, int to, int token)
    {
        if (token == 0 || from == to)
            return 0;
        var tokenLine = _source.LineAndColumn(_tokens[token - 1].Span.End).Line;
        var (line, column) = _source.LineAndColumn(_comments[from].Span.Start);
        if (line != tokenLine)
            return 0;
        var count = 1;
        while (from + count < to && _source.LineAndColumn(_comments[from + count].Span.Start) is var next
            && (next.Line == line || (next.Line == line + count && next.Column == column)))
            count++;
        return count;
    }

    // The comments between a token and the one before it.
    private (int From, int To) Gap(int token)
    {
        var low = 0;
        var high = _comments.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_comments[middle].NextToken < token)
                low = middle + 1;
            else
                high = middle;
        }

        var end = low;
        while (end < _comments.Count && _comments[end].NextToken == token)
            end++;
        return (low, end);
    }

    // Comments that begin with an exclamation mark: what they say is no documentation.
    private List<DirectiveSyntax> Directives(TextSpan module)
    {
        var directives = new List<DirectiveSyntax>();
        foreach (var comment in _comments)
        {
            if (IsDirective(comment.Text) && comment.Span.Start >= module.Start && comment.Span.Start < module.End)
                directives.Add(new DirectiveSyntax(comment.Text.Substring(1).Trim(), comment.Span));
        }

        return directives;
    }

    private static bool IsDirective(string comment) => comment.StartsWith("! relax", StringComparison.Ordinal) || comment.StartsWith("!relax", StringComparison.Ordinal);

    private static void AddLines(List<string> lines, string text)
    {
        if (IsDirective(text))
            return;
        foreach (var line in text.Split('\n', '\r'))
        {
            var content = line.Trim().Trim('*', '-').Trim();
            if (content.Length > 0)
                lines.Add(content);
        }
    }
}
