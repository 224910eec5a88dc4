using System.Globalization;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Follows a decoder through a type: one segment for each level that it has entered.</summary>
internal sealed class DerPath(string root)
{
    private Segment[] _segments = [new(root, 0, null)];

    /// <summary>Names the component that is read at a level.</summary>
    internal void SetField(int depth, string name) => At(depth) = new(name, 0, null);

    /// <summary>Numbers the element that is read at a level.</summary>
    internal void SetElement(int depth, int index) => At(depth) = new(null, index + 1, null);

    /// <summary>Adds the alternative that was chosen at a level.</summary>
    internal void AddAlternative(int depth, string name)
    {
        ref var segment = ref At(depth);
        segment = segment with { Alternatives = $"{segment.Alternatives}.{name}" };
    }

    /// <summary>Forgets what was read at a level before.</summary>
    internal void Clear(int depth) => At(depth) = default;

    /// <summary>Writes the segments down to a level, such as <c>PKIMessage.header.generalInfo[3].value</c>.</summary>
    internal string Render(int depth)
    {
        var text = new StringBuilder();
        for (var i = 0; i <= depth && i < _segments.Length; i++)
        {
            var (name, ordinal, alternatives) = _segments[i];
            if (name is not null)
                text.Append(text.Length > 0 ? "." : "").Append(name);
            else if (ordinal > 0)
                text.Append(CultureInfo.InvariantCulture, $"[{ordinal - 1}]");
            text.Append(alternatives);
        }

        return text.ToString();
    }

    private ref Segment At(int depth)
    {
        if (depth >= _segments.Length)
            Array.Resize(ref _segments, Math.Max(depth + 1, 2 * _segments.Length));
        return ref _segments[depth];
    }

    // Ordinal is the index plus one, so that the default value is an empty segment.
    private readonly record struct Segment(string? Name, int Ordinal, string? Alternatives);
}
