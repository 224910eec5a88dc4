namespace CkiSdk.Asn1.Compiler.Formatting;

/// <summary>Puts what stands behind the names of components into one column, in runs of lines without an empty line between.</summary>
internal static class Columns
{
    private const int Widest = 32;
    private const int WidestBeforeComment = 60;

    /// <summary>Sets the widths of names, then those before comments at the end of lines.</summary>
    public static void Align(IReadOnlyList<Line> lines, Layout layout)
    {
        Names(lines, layout);
        Comments(lines, layout);
    }

    private static void Names(IReadOnlyList<Line> lines, Layout layout)
    {
        var run = new List<Line>();
        var depth = 0;
        foreach (var line in lines)
        {
            var isNamed = IsNamed(line, layout);
            var own = isNamed ? layout.Depth(line.Items[0].Token) : depth;
            if (line.HasBlankBefore || own != depth)
            {
                Close(run);
            }

            depth = own;
            if (isNamed)
            {
                run.Add(line);
            }
        }

        Close(run);
    }

    // name Type, in braces: the name has a small letter, and something other than a mark follows.
    private static bool IsNamed(Line line, Layout layout) =>
        line.Items.Count > 1 && line.Items[0].Token >= 0 && line.Items[1].Token >= 0 && layout.Depth(line.Items[0].Token) > 0
        && char.IsLower(line.Items[0].Text[0]) && line.Items[1].HasBlankBefore && (char.IsUpper(line.Items[1].Text[0]) || line.Items[1].Text == "[");

    private static void Close(List<Line> run)
    {
        foreach (var line in run)
        {
            line.Column = Math.Min(run.Max(other => other.Items[0].Text.Length) + 2, Widest);
        }

        run.Clear();
    }

    private static void Comments(IReadOnlyList<Line> lines, Layout layout)
    {
        var run = new List<Line>();
        foreach (var line in lines)
        {
            if (!line.HasTrailingComment || line.HasBlankBefore)
            {
                CloseComments(run, layout);
            }

            if (line.HasTrailingComment)
            {
                run.Add(line);
            }
        }

        CloseComments(run, layout);
    }

    private static void CloseComments(List<Line> run, Layout layout)
    {
        var width = run.Count == 0 ? 0 : run.Max(line => Width(line, layout));
        foreach (var line in run)
        {
            line.CommentColumn = Math.Min(width, WidestBeforeComment) + 2 - layout.Indentation(line);
        }

        run.Clear();
    }

    private static int Width(Line line, Layout layout) => layout.Indentation(line) + line.Text(line.Items.Count - 1).Length;
}
