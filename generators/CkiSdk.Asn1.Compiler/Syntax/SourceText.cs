namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Holds one file's text and finds the line and column of a character in it.</summary>
public sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    /// <summary>Creates the text of one file; diagnostics show the path.</summary>
    public SourceText(string path, string text)
    {
        Path = path;
        Text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>Gets the file's path.</summary>
    public string Path { get; }

    /// <summary>Gets the whole text.</summary>
    public string Text { get; }

    /// <summary>Returns the zero-based line and column of a character.</summary>
    public (int Line, int Column) LineAndColumn(int position)
    {
        var line = _lineStarts.BinarySearch(position);
        line = line < 0 ? ~line - 1 : line;
        return (line, position - _lineStarts[line]);
    }
}
