using System.Text;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes indented lines of C#.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private int _names;

    /// <summary>Gets or sets what gives the C# expression of a selector where the code stands that is written.</summary>
    public Func<Model.SelectorPath, string>? Selector { get; set; }

    /// <summary>Writes one line, or an empty one.</summary>
    public SourceWriter Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _depth * 4).Append(line);
        }

        _text.Append('\n');
        return this;
    }

    /// <summary>Writes a line and an opening brace; the block ends with <see cref="Close"/>.</summary>
    public SourceWriter Open(string head)
    {
        Line(head).Line("{");
        _depth++;
        return this;
    }

    /// <summary>Closes the block opened last.</summary>
    public SourceWriter Close(string tail = "}")
    {
        _depth--;
        return Line(tail);
    }

    /// <summary>Returns a local variable's name that this file has not used.</summary>
    public string Fresh(string prefix) => $"{prefix}{++_names}";

    /// <summary>Returns all that was written.</summary>
    public override string ToString() => _text.ToString();
}
