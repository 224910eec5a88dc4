using System.Globalization;

namespace CkiSdk.Pki.Names;

/// <summary>Holds the tables of RFC 4518 §2, which are read when the first text needs them.</summary>
internal sealed class StringPreparationTables
{
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;
    private static readonly Lazy<StringPreparationTables> Shared = new(() => new StringPreparationTables());
    private readonly Dictionary<int, int[]> _map = [];
    private readonly Dictionary<int, byte> _classes = [];
    private readonly HashSet<int> _marks = [];
    private readonly List<(int First, int Last)> _refused = []; // in ascending order

    private StringPreparationTables()
    {
        using var stream = typeof(StringPreparationTables).Assembly.GetManifestResourceStream("stringprep.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            Read(line.Split(' '));
    }

    /// <summary>Gets the tables.</summary>
    public static StringPreparationTables Instance => Shared.Value;

    /// <summary>Gets the combining marks.</summary>
    public IReadOnlySet<int> Marks => _marks;

    /// <summary>Adds what a code point becomes: nothing, itself or others.</summary>
    public void Map(int point, List<int> points)
    {
        if (_map.TryGetValue(point, out var mapped))
            points.AddRange(mapped);
        else if (point is >= HangulFirst and <= HangulLast)
            MapHangul(point - HangulFirst, points);
        else
            points.Add(point);
    }

    /// <summary>Gets the canonical combining class.</summary>
    public int ClassOf(int point) => _classes.GetValueOrDefault(point);

    /// <summary>Tells whether a code point is a combining mark.</summary>
    public bool IsMark(int point) => _marks.Contains(point);

    /// <summary>Tells whether a code point is prohibited: unassigned in Unicode 3.2, private, or no character.</summary>
    public bool IsRefused(int point)
    {
        var (low, high) = (0, _refused.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (point < _refused[middle].First)
                high = middle - 1;
            else if (point > _refused[middle].Last)
                low = middle + 1;
            else
                return true;
        }

        return false;
    }

    // Unicode 3.12: 19 leading consonants by 21 vowels by 27 trailing consonants or none.
    private static void MapHangul(int index, List<int> points)
    {
        points.Add(0x1100 + (index / (21 * 28)));
        points.Add(0x1161 + (index % (21 * 28) / 28));
        if (index % 28 != 0)
            points.Add(0x11A7 + (index % 28));
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private void Read(string[] words)
    {
        if (words[0] == "#")
            return;
        var place = words[1].Split('-');
        var (first, last) = (Number(place[0]), Number(place[^1]));
        switch (words[0])
        {
            case "map":
                _map[first] = [.. words[2..].Select(Number)];
                break;
            case "class":
                foreach (var point in Enumerable.Range(first, last - first + 1))
                    _classes[point] = byte.Parse(words[2], CultureInfo.InvariantCulture);
                break;
            case "mark":
                _marks.UnionWith(Enumerable.Range(first, last - first + 1));
                break;
            default:
                _refused.Add((first, last));
                break;
        }
    }
}
