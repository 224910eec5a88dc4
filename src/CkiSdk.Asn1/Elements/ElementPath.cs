using System.Globalization;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Follows a walk through a value, for the paths of its errors.</summary>
internal sealed class ElementPath(string root)
{
    private readonly List<(string? Name, int Index)> _segments = [(root, 0)];

    /// <summary>Goes to a component or alternative.</summary>
    internal void Push(string name) => _segments.Add((name, 0));

    /// <summary>Goes to an element of a list.</summary>
    internal void Push(int index) => _segments.Add((null, index));

    /// <summary>Goes back.</summary>
    internal void Pop() => _segments.RemoveAt(_segments.Count - 1);

    /// <summary>Gives the path, such as <c>Certificate.toBeSigned.extensions[2]</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in _segments)
        {
            if (name is null)
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else if (name.Length > 0)
                text.Append(text.Length > 0 ? "." : "").Append(name);
        }

        return text.ToString();
    }
}
