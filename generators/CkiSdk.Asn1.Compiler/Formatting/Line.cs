using System.Text;

namespace CkiSdk.Asn1.Compiler.Formatting;

/// <summary>Is an item of a line: a token or a comment.</summary>
/// <param name="Text">The text as written.</param>
/// <param name="Token">The index of the token; -1 for a comment.</param>
/// <param name="NextToken">The index of the token itself, or of the one behind the comment.</param>
/// <param name="HasBlankBefore">Whether a blank stands before it.</param>
internal sealed record LineItem(string Text, int Token, int NextToken, bool HasBlankBefore);

/// <summary>Is a line of the text.</summary>
/// <param name="Items">What stands on it.</param>
/// <param name="HasBlankBefore">Whether an empty line stands before it.</param>
internal sealed record Line(List<LineItem> Items, bool HasBlankBefore)
{
    /// <summary>Gets or sets to which width the first item is filled up; 0 for not at all.</summary>
    public int Column { get; set; }

    /// <summary>Gets or sets to which width everything before a comment at the end is filled up; 0 for not at all.</summary>
    public int CommentColumn { get; set; }

    /// <summary>Gets whether a comment stands behind something else at the end of the line.</summary>
    public bool HasTrailingComment => Items[Items.Count - 1].Token < 0 && Items[0].Token >= 0;

    /// <summary>Gets whether the line has comments only.</summary>
    public bool IsComment => Items.All(item => item.Token < 0);

    /// <summary>Returns the line without its indentation.</summary>
    public string Text() => Text(Items.Count);

    /// <summary>Returns the first items of the line.</summary>
    public string Text(int items)
    {
        var text = new StringBuilder();
        for (var i = 0; i < items; i++)
        {
            if (i > 0 && Items[i].HasBlankBefore)
            {
                var column = i == Items.Count - 1 && HasTrailingComment ? CommentColumn : i == 1 ? Column : 0;
                text.Append(' ', Math.Max(1, column - text.Length));
            }

            text.Append(Items[i].Text);
        }

        return text.ToString().TrimEnd();
    }
}
