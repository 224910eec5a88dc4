using System.Globalization;
using System.Text;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Translates regular expressions of X.680 Annex A into those of .NET, using only what needs no backtracking.</summary>
/// <param name="pattern">The expression.</param>
/// <param name="named">Returns what <c>\N{name}</c> stands for, as the inside of a character class; null where it is unknown.</param>
internal sealed class PatternTranslator(string pattern, Func<string, string?> named)
{
    private const int MostRepeats = 1000;

    // An automaton has a state for each character that it may have to count.
    private const int MostStates = 10_000;

    private readonly StringBuilder _regex = new();
    private readonly Stack<long> _outer = new();
    private int _position;
    private long _sum;
    private long _last;

    /// <summary>Gets what is wrong with the expression; null for nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>Returns the expression in the notation of .NET; it matches a whole string. Empty after a <see cref="Fault"/>.</summary>
    public string Translate()
    {
        var isAtom = false;
        while (_position < pattern.Length && Fault is null)
        {
            isAtom = Next(isAtom);
            if (_sum + _last > MostStates)
            {
                Fault = $"more than {MostStates} characters to count";
            }
        }

        if (_outer.Count > 0)
        {
            Fault ??= "a group without its ')'";
        }

        return Fault is null ? $"\\A(?:{_regex})\\z" : string.Empty;
    }

    // Says whether what was read can be repeated.
    private bool Next(bool isAtom)
    {
        var c = pattern[_position++];
        switch (c)
        {
            case '(':
                Measure(0);
                _outer.Push(_sum);
                _sum = 0;
                _regex.Append("(?:");
                return false;
            case ')':
                return Close();
            case '|':
                _regex.Append('|');
                return false;
            case '*' or '+' or '?':
                return Repeat(isAtom, c.ToString());
            case '#':
                return Repeat(isAtom, Count());
            case '[':
                return Class();
            case '{':
                return Braces(isAtom);
            case '\\':
                return Escape();
            case '.':
                return Atom("[^\\n\\v\\f\\r]");
            case '^' when _position == 1:
            case '$' when _position == pattern.Length:
                return false;
            default:
                return Atom(Quote(c));
        }
    }

    private bool Atom(string regex)
    {
        Measure(1);
        _regex.Append(regex);
        return true;
    }

    private void Measure(int next)
    {
        _sum += _last;
        _last = next;
    }

    private bool Close()
    {
        if (_outer.Count == 0)
        {
            Fault = "a ')' without its group";
            return false;
        }

        Measure(0);
        (_last, _sum) = (_sum, _outer.Pop());
        _regex.Append(')');
        return true;
    }

    private bool Repeat(bool isAtom, string? times)
    {
        if (!isAtom)
        {
            Fault ??= "a repetition of nothing";
        }

        _regex.Append(times);
        return false;
    }

    // #n, #(n), #(n,), #(n,m), #(,m)
    private string? Count()
    {
        if (_position < pattern.Length && char.IsDigit(pattern[_position]))
        {
            return Times(pattern[_position++].ToString());
        }

        var end = _position < pattern.Length && pattern[_position] == '(' ? pattern.IndexOf(')', _position) : -1;
        if (end < 0)
        {
            Fault = "a '#' without a number of times";
            return null;
        }

        var text = pattern.Substring(_position + 1, end - _position - 1);
        _position = end + 1;
        return Times(text);
    }

    private string? Times(string text)
    {
        var parts = text.Split(',').Select(part => part.Trim()).ToList();
        var numbers = parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostRepeats ? number : part.Length == 0 ? -1 : -2).ToList();
        if (numbers.Count is 0 or > 2 || numbers.Contains(-2) || numbers.All(number => number < 0) || (numbers.Count == 2 && numbers[1] >= 0 && numbers[0] > numbers[1]))
        {
            Fault = $"the number of times ({text}), which is at most {MostRepeats}";
            return null;
        }

        _last *= Math.Max(1, numbers.Max());
        return numbers.Count == 1 ? $"{{{parts[0]}}}" : $"{{{(parts[0].Length == 0 ? "0" : parts[0])},{parts[1]}}}";
    }

    // A quadruple {g,p,r,c} is a character; one or two numbers are a number of times.
    private bool Braces(bool isAtom)
    {
        var end = pattern.IndexOf('}', _position);
        var text = end < 0 ? string.Empty : pattern.Substring(_position, end - _position);
        if (text.Split(',').Length == 4)
        {
            _position = end + 1;
            return Atom(Quadruple(text) ?? string.Empty);
        }

        if (end < 0)
        {
            Fault = "a '{' without its '}'";
            return false;
        }

        _position = end + 1;
        return Repeat(isAtom, Times(text));
    }

    private string? Quadruple(string text)
    {
        var point = 0;
        foreach (var part in text.Split(','))
        {
            if (!byte.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
            {
                Fault = $"the quadruple {{{text}}}";
                return null;
            }

            point = unchecked((point << 8) | octet);
        }

        if (point is >= 0 and <= 0xFFFF)
        {
            return $"\\u{point.ToString("X4", CultureInfo.InvariantCulture)}";
        }

        if (point is > 0xFFFF and <= 0x10FFFF)
        {
            return $"(?:{string.Concat(char.ConvertFromUtf32(point).Select(Unit))})";
        }

        Fault = $"the quadruple {{{text}}}";
        return null;
    }

    private static string Unit(char unit) => $"\\u{((int)unit).ToString("X4", CultureInfo.InvariantCulture)}";

    private bool Escape()
    {
        if (_position == pattern.Length)
        {
            Fault = "a '\\' at the end";
            return false;
        }

        var c = pattern[_position++];
        switch (c)
        {
            case 'b':
                _regex.Append("\\b");
                return false;
            case 'N':
                return Atom($"[{Named()}]");
            case 'p' or 'P' when Category() is { } category:
                return Atom($"\\{c}{category}");
            default:
                return Atom(Short(c) is { } set ? $"[{set}]" : Quote(c));
        }
    }

    // What a letter behind a backslash stands for, inside a class.
    private static string? Short(char c) => c switch
    {
        'd' => "0-9",
        'w' => "a-zA-Z0-9",
        't' => "\\t",
        'n' => "\\n\\v\\f\\r",
        'r' => "\\r",
        's' => "\\t\\n\\v\\f\\r\\u0020\\u00A0",
        _ => null,
    };

    private string? Named()
    {
        var end = _position < pattern.Length && pattern[_position] == '{' ? pattern.IndexOf('}', _position) : -1;
        if (end < 0)
        {
            Fault = "\\N without {name}";
            return null;
        }

        var name = pattern.Substring(_position + 1, end - _position - 1);
        _position = end + 1;
        var characters = named(name);
        Fault ??= characters is null ? $"the name {name}, which stands for no character" : null;
        return characters;
    }

    private string? Category()
    {
        var end = _position < pattern.Length && pattern[_position] == '{' ? pattern.IndexOf('}', _position) : -1;
        var name = end < 0 ? string.Empty : pattern.Substring(_position + 1, end - _position - 1);
        if (name.Length is 0 or > 2 || !"LMNPSZC".Contains(name[0]) || (name.Length == 2 && !char.IsLower(name[1])))
        {
            return null;
        }

        _position = end + 1;
        return $"{{{name}}}";
    }

    private bool Class()
    {
        var isNegated = _position < pattern.Length && pattern[_position] == '^';
        _position += isNegated ? 1 : 0;
        var content = new StringBuilder();
        var start = _position;
        while (_position < pattern.Length && (pattern[_position] != ']' || _position == start))
        {
            ClassMember(content, start);
        }

        if (_position++ >= pattern.Length || content.Length == 0)
        {
            Fault ??= "a '[' without its ']'";
            return false;
        }

        return Atom($"{(isNegated ? "[^" : "[")}{content}]");
    }

    private void ClassMember(StringBuilder content, int start)
    {
        var c = pattern[_position++];
        if (c == '\\' && _position < pattern.Length)
        {
            var next = pattern[_position++];
            content.Append(next == 'N' ? Named() : Short(next) ?? Quote(next));
        }
        else if (c == '{' && pattern.IndexOf('}', _position) is > 0 and var end && pattern.Substring(_position, end - _position).Split(',').Length == 4)
        {
            content.Append(Quadruple(pattern.Substring(_position, end - _position)));
            _position = end + 1;
        }
        else if (c == '-' && _position - 1 > start && _position < pattern.Length && pattern[_position] != ']')
        {
            content.Append('-');
        }
        else
        {
            content.Append(Quote(c));
        }
    }

    private static string Quote(char c) => char.IsLetterOrDigit(c) && c < 0x7F ? c.ToString() : Unit(c);
}
