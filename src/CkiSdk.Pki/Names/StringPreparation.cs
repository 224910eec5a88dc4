using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CkiSdk.Pki.Names;

/// <summary>Prepares texts for comparison without regard to case and white space (RFC 5280 §7.1, RFC 4518 §2).</summary>
/// <remarks>
/// Own tables, because the runtime normalises nothing where globalization is invariant, and because prepared texts are keys of stores:
/// they must not change with the version of Unicode.
/// </remarks>
internal static class StringPreparation
{
    private static readonly SearchValues<char> PlainAscii = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);

    /// <summary>Prepares a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="prepared">Equal for texts that match.</param>
    /// <returns><see langword="false"/> if the text holds what is not compared (RFC 4518 §2.4): it then equals only itself.</returns>
    public static bool TryPrepare(string text, [NotNullWhen(true)] out string? prepared)
    {
        prepared = null;
        if (text.Length == 0)
            return false;
        if (!text.AsSpan().ContainsAnyExcept(PlainAscii))
        {
            prepared = FoldSpaces(text.ToLowerInvariant(), FrozenSet<int>.Empty);
            return true;
        }

        var tables = StringPreparationTables.Instance;
        var points = Map(text, tables);
        if (points is null or [] || points.Exists(tables.IsRefused) || tables.IsMark(points[0]))
            return false;
        Order(points, tables);
        prepared = FoldSpaces(string.Concat(points.Select(point => new Rune(point).ToString())), tables.Marks);
        return true;
    }

    // RFC 4518 2.2 and 2.3: mapping, case folding and decomposition; half a surrogate pair is refused.
    private static List<int>? Map(string text, StringPreparationTables tables)
    {
        var points = new List<int>(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
                return null;
            i += rune.Utf16SequenceLength;
            tables.Map(rune.Value, points);
        }

        return points;
    }

    // Canonical order: a stable sort of each run of code points whose class is not 0 (Unicode 3.11 D109).
    private static void Order(List<int> points, StringPreparationTables tables)
    {
        for (var start = 0; start < points.Count; start++)
        {
            var end = start;
            while (end < points.Count && tables.ClassOf(points[end]) != 0)
                end++;
            if (end - start > 1)
            {
                var ordered = points.GetRange(start, end - start).OrderBy(tables.ClassOf).ToList();
                for (var i = start; i < end; i++)
                    points[i] = ordered[i - start];
            }

            start = end;
        }
    }

    // RFC 4518 2.6.1, for comparison only: no spaces at the ends, one between words. A space that carries a combining mark is no space.
    private static string FoldSpaces(string text, IReadOnlySet<int> marks)
    {
        var folded = new StringBuilder(text.Length);
        var isPending = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ' ' && !(i + 1 < text.Length && Rune.TryGetRuneAt(text, i + 1, out var next) && marks.Contains(next.Value)))
            {
                isPending = true;
                continue;
            }

            if (isPending && folded.Length > 0)
                folded.Append(' ');
            isPending = false;
            folded.Append(text[i]);
        }

        return folded.Length == 0 ? " " : folded.ToString();
    }
}
