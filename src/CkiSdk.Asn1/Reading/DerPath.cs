using System.Globalization;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Follows a decoder through a type: one segment for each level that it has entered, and the alternatives chosen at it.</summary>
/// <remarks>Its memory depends on the depth only: it follows a failed decode again, whose input may be hostile.</remarks>
internal sealed class DerPath(string root)
{
    private readonly List<(int Depth, string Name)> _alternatives = [];
    private Segment[] _segments = [new(root, 0)];

    /// <summary>Names the component that is read at a level.</summary>
    internal void SetField(int depth, string name) => Set(depth, new(name, 0));

    /// <summary>Numbers the element that is read at a level.</summary>
    internal void SetElement(int depth, int index) => Set(depth, new(null, index + 1));

    /// <summary>Adds the alternative that was chosen at a level.</summary>
    internal void AddAlternative(int depth, string name)
    {
        Forget(depth + 1);
        _alternatives.Add((depth, name));
    }

    /// <summary>Forgets what was read at a level before.</summary>
    internal void Clear(int depth) => Set(depth, default);

    /// <summary>Writes the segments down to a level, such as <c>PKIMessage.header.generalInfo[3].value</c>.</summary>
    internal string Render(int depth)
    {
        var text = new StringBuilder();
        for (var i = 0; i <= depth && i < _segments.Length; i++)
        {
            var (name, ordinal) = _segments[i];
            if (name is not null)
                text.Append(text.Length > 0 ? "." : "").Append(name);
            else if (ordinal > 0)
                text.Append(CultureInfo.InvariantCulture, $"[{ordinal - 1}]");
            foreach (var alternative in _alternatives)
            {
                if (alternative.Depth == i)
                    text.Append('.').Append(alternative.Name);
            }
        }

        return text.ToString();
    }

    private void Set(int depth, Segment segment)
    {
        if (depth >= _segments.Length)
            Array.Resize(ref _segments, Math.Max(depth + 1, 2 * _segments.Length));
        _segments[depth] = segment;
        Forget(depth);
    }

    private void Forget(int depth)
    {
        while (_alternatives.Count > 0 && _alternatives[^1].Depth >= depth)
            _alternatives.RemoveAt(_alternatives.Count - 1);
    }

    // Ordinal is the index plus one, so that the default value is an empty segment.
    private readonly record struct Segment(string? Name, int Ordinal);
}
