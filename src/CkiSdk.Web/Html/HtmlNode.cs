using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace CkiSdk.Web.Html;

/// <summary>Is a piece of HTML or SVG. Every text and every value of an attribute is encoded when it is written; there is no way around that.</summary>
internal sealed class HtmlNode
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal) { "meta", "link", "input", "img", "br" };
    private static readonly HashSet<string> Addresses = new(StringComparer.Ordinal) { "href", "src", "action" };
    private readonly string? _name;
    private readonly string _text = "";
    private readonly IReadOnlyList<HtmlNode> _content = [];
    private readonly IReadOnlyList<(string Name, string Value, bool IsExact)> _attributes = [];

    private HtmlNode(string text) => _text = text;

    private HtmlNode(string? name, IReadOnlyList<(string Name, string Value, bool IsExact)> attributes, IReadOnlyList<HtmlNode> content) => (_name, _attributes, _content) = (name, attributes, content);

    /// <summary>Takes a text.</summary>
    /// <param name="text">The text, as people shall read it.</param>
    public static implicit operator HtmlNode(string text) => new(text);

    /// <summary>Makes an element.</summary>
    /// <param name="name">Its name: a word of the program, of letters and digits.</param>
    /// <param name="content">What is in it.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public static HtmlNode Element(string name, params HtmlNode[] content) => new(Word(name), [], content);

    /// <summary>Puts pieces one after the other.</summary>
    /// <param name="content">The pieces.</param>
    public static HtmlNode Group(params IEnumerable<HtmlNode> content) => new(null, [], [.. content]);

    /// <summary>Adds an attribute.</summary>
    /// <param name="name">Its name: a word of the program.</param>
    /// <param name="value">Its value; an address must be a path of this site or a place of the page.</param>
    /// <exception cref="ArgumentException">The name is none, or the address leads elsewhere.</exception>
    public HtmlNode With(string name, string value = "")
    {
        if (Addresses.Contains(name) && !(value.StartsWith('#') || (value.StartsWith('/') && !value.StartsWith("//", StringComparison.Ordinal) && !value.StartsWith("/\\", StringComparison.Ordinal))))
        {
            throw new ArgumentException("The address leads elsewhere.", nameof(value));
        }

        return new HtmlNode(_name, [.. _attributes, (Word(name), value, false)], _content);
    }

    /// <summary>Makes a field that nobody sees of it, whose value comes back as it is: with what is shown instead of characters that are not seen it would be the name of somebody else.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="value">Its value.</param>
    public HtmlNode WithHidden(string name, string value) => new(_name, [.. _attributes, ("type", "hidden", true), ("name", name, true), ("value", value, true)], _content);

    /// <summary>Adds an attribute if something is so.</summary>
    /// <param name="isSo">Whether it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public HtmlNode WithIf(bool isSo, string name, string value = "") => isSo ? With(name, value) : this;

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private void Write(StringBuilder text)
    {
        if (_name is null)
        {
            text.Append(Encoder.Encode(VisibleText.Of(_text)));
        }
        else
        {
            text.Append('<').Append(_name);
            foreach (var (name, value, isExact) in _attributes)
            {
                text.Append(' ').Append(name).Append("=\"").Append(Encoder.Encode(isExact ? value : VisibleText.Of(value))).Append('"');
            }

            text.Append('>');
        }

        foreach (var node in _content)
        {
            node.Write(text);
        }

        if (_name is not null && !Empty.Contains(_name))
        {
            text.Append("</").Append(_name).Append('>');
        }
    }

    private static string Word(string name) => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? name
        : throw new ArgumentException($"'{name}' is no name of an element or attribute.", nameof(name));
}
