using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Calculates with sets of characters, held as ascending ranges that do not touch.</summary>
internal static class CharacterRanges
{
    private static readonly CharacterRange[] Printable =
        [new(' ', ' '), new('\'', ')'), new('+', ':'), new('=', '='), new('?', '?'), new('A', 'Z'), new('a', 'z')];

    /// <summary>Returns the characters of a character string type (X.680 41).</summary>
    public static IReadOnlyList<CharacterRange> OfType(string type) => type switch
    {
        "NumericString" => [new(' ', ' '), new('0', '9')],
        "PrintableString" => Printable,
        "IA5String" => [new(0, 0x7F)],
        "VisibleString" or "ISO646String" => [new(0x20, 0x7E)],
        "BMPString" => [new(0, 0xFFFF)],
        "UTF8String" or "UniversalString" => [new(0, 0x10FFFF)],
        _ => [new(0, 0xFF)],
    };

    /// <summary>Returns the characters of a text.</summary>
    public static IReadOnlyList<CharacterRange> OfText(string text)
    {
        var characters = new List<CharacterRange>();
        for (var i = 0; i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
        {
            var point = char.IsSurrogatePair(text, i) ? char.ConvertToUtf32(text, i) : text[i];
            characters.Add(new CharacterRange(point, point));
        }

        return Normal(characters);
    }

    /// <summary>Returns what is in either set.</summary>
    public static IReadOnlyList<CharacterRange> Union(IReadOnlyList<CharacterRange> first, IReadOnlyList<CharacterRange> second) => Normal(first.Concat(second));

    /// <summary>Returns what is in both sets.</summary>
    public static IReadOnlyList<CharacterRange> Intersect(IReadOnlyList<CharacterRange> first, IReadOnlyList<CharacterRange> second)
    {
        var result = new List<CharacterRange>();
        for (var (i, j) = (0, 0); i < first.Count && j < second.Count;)
        {
            var (from, to) = (Math.Max(first[i].First, second[j].First), Math.Min(first[i].Last, second[j].Last));
            if (from <= to)
            {
                result.Add(new CharacterRange(from, to));
            }

            if (first[i].Last < second[j].Last)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return result;
    }

    /// <summary>Returns what is in the first set and not in the second.</summary>
    public static IReadOnlyList<CharacterRange> Except(IReadOnlyList<CharacterRange> first, IReadOnlyList<CharacterRange> second)
    {
        var outside = new List<CharacterRange>();
        var next = 0;
        foreach (var range in second)
        {
            if (range.First > next)
            {
                outside.Add(new CharacterRange(next, range.First - 1));
            }

            next = range.Last + 1;
        }

        outside.Add(new CharacterRange(next, int.MaxValue));
        return Intersect(first, outside);
    }

    private static List<CharacterRange> Normal(IEnumerable<CharacterRange> ranges)
    {
        var result = new List<CharacterRange>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (result.Count > 0 && range.First <= result[result.Count - 1].Last + 1)
            {
                result[result.Count - 1] = new CharacterRange(result[result.Count - 1].First, Math.Max(result[result.Count - 1].Last, range.Last));
            }
            else
            {
                result.Add(range);
            }
        }

        return result;
    }
}
