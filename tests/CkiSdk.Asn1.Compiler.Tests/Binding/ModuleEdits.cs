using System.Globalization;
using System.Text.RegularExpressions;

namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Makes edits of a module as people make them: of a line, a word, a name everywhere, a new type or component.</summary>
internal sealed partial class ModuleEdits(Random random)
{
    private int _made;

    /// <summary>Returns the text after one edit.</summary>
    public string Edit(string text)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count);
        switch (random.Next(9))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[at]);
                break;
            case 2:
                (lines[at], lines[lines.Count - 1 - at]) = (lines[lines.Count - 1 - at], lines[at]);
                break;
            case 3:
                lines[at] = Swap(lines[at], text);
                break;
            case 4:
                return Insert(text, Assignment(), match => string.Create(CultureInfo.InvariantCulture, $"Added{++_made} ::= SEQUENCE {{ a INTEGER OPTIONAL, b SEQUENCE {{ c {Word(text)} }} }}\n{match}"));
            case 5:
                return Insert(text, Braces(), match => string.Create(CultureInfo.InvariantCulture, $"{match} added{++_made} NULL OPTIONAL,"));
            case 6:
                var word = Word(text);
                return Regex.Replace(text, $@"(?<![\w-]){Regex.Escape(word)}(?![\w-])", word + (random.Next(3) switch { 0 => "View", 1 => "-x", _ => "X" }));
            case 7:
                lines[at] += " -- about " + Word(text);
                break;
            default:
                return Insert(text, Assignment(), match => string.Create(CultureInfo.InvariantCulture, $"added{++_made} INTEGER ::= {_made}\n-- about it\n{match}"));
        }

        return string.Join('\n', lines);
    }

    private string Insert(string text, Regex places, Func<string, string> make)
    {
        var found = places.Matches(text);
        if (found.Count == 0)
            return text;
        var place = found[random.Next(found.Count)];
        return string.Concat(text.AsSpan(0, place.Index), make(place.Value), text.AsSpan(place.Index + place.Length));
    }

    private string Swap(string line, string text)
    {
        var words = Words().Matches(line);
        return words.Count == 0 ? line : Words().Replace(line, Word(text), 1, words[random.Next(words.Count)].Index);
    }

    private string Word(string text)
    {
        var words = Words().Matches(text);
        return words[random.Next(words.Count)].Value;
    }

    [GeneratedRegex(@"(?<![\w&-])[A-Z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")]
    private static partial Regex Words();

    [GeneratedRegex(@"(?<=\n)[A-Za-z][\w-]*[^\n:]*::=")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"SEQUENCE\s*\{")]
    private static partial Regex Braces();
}
