using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <summary>Knows of every token the partner of its bracket and where the next <c>::=</c> stands, so that looking ahead costs nothing.</summary>
internal sealed class TokenMap
{
    private readonly SourceText _source;
    private readonly IReadOnlyList<Token> _tokens;
    private readonly ISet<string> _macros;
    private readonly int[] _partner;
    private readonly int[] _nextAssign;

    /// <summary>Surveys the tokens. No bracket holds a <c>::=</c>: a bracket still open at one has no partner. The set of macros may grow later.</summary>
    public TokenMap(SourceText source, IReadOnlyList<Token> tokens, ISet<string> macros)
    {
        _macros = macros;
        _source = source;
        _tokens = tokens;
        _partner = new int[tokens.Count];
        _nextAssign = new int[tokens.Count];
        PairBrackets();
        var next = -1;
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            next = tokens[i].Is("::=") ? i : next;
            _nextAssign[i] = next;
        }
    }

    /// <summary>Returns the index of the bracket that belongs to the one at an index, or -1.</summary>
    public int Partner(int index) => _partner[index];

    /// <summary>Returns the index of the first <c>::=</c> at or behind an index, or -1.</summary>
    public int NextAssign(int index) => _nextAssign[index];

    /// <summary>Says whether a token is the first of its line.</summary>
    public bool BeginsLine(int index) => index == 0 || Line(index) > Line(index - 1);

    /// <summary>Says whether an assignment begins at a token: a word, then perhaps parameters and a governor, then <c>::=</c>.</summary>
    public bool BeginsAssignment(int index)
    {
        var kind = _tokens[index].Kind;
        if (kind is not (TokenKind.UpperWord or TokenKind.LowerWord))
            return false;
        var assign = _nextAssign[index];
        if (assign < 0 || (index > 0 && _tokens[index - 1].Is(".")))
            return false;
        if (assign == index + 1)
            return kind == TokenKind.UpperWord && !(EndsGovernorLine(index) && _tokens[index + 2].Is("{") && BeginsAssignment(index - 1));
        if (Words.IsReserved(_tokens[index].Text))
            return false;
        if (_tokens[index + 1].Is("MACRO"))
            return true;
        return HasGovernor(_tokens[index + 1].Is("{") ? _partner[index + 1] + 1 : index + 1, assign, kind, BeginsLine(index));
    }

    private int Line(int index) => _source.LineAndColumn(_tokens[index].Span.Start).Line;

    private bool EndsGovernorLine(int index) =>
        index > 0 && !BeginsLine(index) && _tokens[index - 1].Kind is TokenKind.UpperWord && BeginsLine(index - 1);

    private bool HasGovernor(int index, int assign, TokenKind kind, bool beginsLine)
    {
        if (index <= 0 || index > assign)
            return false;
        if (index == assign)
            return true;
        if (_tokens[index].Kind != TokenKind.UpperWord || _tokens[index].Is("END"))
            return false;
        if (kind == TokenKind.UpperWord && !_tokens[Math.Min(assign + 1, _tokens.Count - 1)].Is("{"))
            return false;

        // "a OPERATION ARGUMENT … ::= 1": a macro writes what it likes before its value.
        if (kind == TokenKind.LowerWord && beginsLine && _macros.Contains(_tokens[index].Text))
            return true;
        return IsGovernor(index, assign);
    }

    private bool IsGovernor(int index, int assign)
    {
        var words = 0;
        for (var i = index; i < assign; i++)
        {
            var token = _tokens[i];
            if (token.Is("{") || token.Is("(") || token.Is("["))
            {
                if (_partner[i] < 0)
                    return false;
                i = _partner[i];
            }
            else if (token.Kind == TokenKind.UpperWord)
            {
                var isPartOfType = Words.IsReserved(token.Text) || i == index || _tokens[i - 1].Is(".") || _tokens[i - 1].Is("OF") || _tokens[i - 1].Is("]");
                if (!isPartOfType || ++words > 16)
                    return false;
            }
            else if (!token.Is(".") && token.Kind is not (TokenKind.UpperField or TokenKind.LowerField))
            {
                return false;
            }
        }

        return true;
    }

    private void PairBrackets()
    {
        var open = new Stack<int>();
        for (var i = 0; i < _tokens.Count; i++)
        {
            _partner[i] = -1;
            var token = _tokens[i];
            if (token.Kind != TokenKind.Mark)
                continue;
            if (token.Text is "::=")
            {
                open.Clear();
            }
            else if (token.Text is "{" or "(" or "[" or "[[")
            {
                open.Push(i);
            }
            else if (Opening(token.Text) is { } opening)
            {
                Close(open, i, opening);
            }
        }
    }

    private void Close(Stack<int> open, int index, string opening)
    {
        // A closing bracket of another kind leaves those inside without a partner: braces bind stronger than what stands in them.
        while (open.Count > 0 && opening == "{" && _tokens[open.Peek()].Text != opening)
            open.Pop();
        if (open.Count == 0 || _tokens[open.Peek()].Text != opening)
            return;
        _partner[index] = open.Pop();
        _partner[_partner[index]] = index;
    }

    private static string? Opening(string closing) => closing switch
    {
        "}" => "{",
        ")" => "(",
        "]" => "[",
        "]]" => "[[",
        _ => null,
    };
}
