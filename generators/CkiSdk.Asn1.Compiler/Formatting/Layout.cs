using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Formatting;

/// <summary>Knows how deep each line stands: assignments at the edge, two blanks for each bracket around, two more for what goes on from the line before.</summary>
internal sealed class Layout
{
    private const int Step = 2;

    private readonly IReadOnlyList<Token> _tokens;
    private readonly HashSet<int> _heads;
    private readonly int[] _depth;
    private readonly bool[] _isListed;

    /// <summary>Surveys the tokens.</summary>
    public Layout(IReadOnlyList<Token> tokens, IReadOnlyList<ModuleSyntax> modules)
    {
        _tokens = tokens;
        _heads = [.. modules.SelectMany(module => module.Assignments.Select(assignment => assignment.Span.Start).Append(module.Span.Start))];
        _depth = new int[tokens.Count];
        _isListed = new bool[tokens.Count];
        var open = new Stack<int>();
        var hasComma = new HashSet<int>();
        var around = new int[tokens.Count];
        for (var i = 0; i < tokens.Count; i++)
        {
            if (IsClosing(tokens[i]) && open.Count > 0)
            {
                open.Pop();
            }

            (_depth[i], around[i]) = (open.Count, open.Count > 0 ? open.Peek() : -1);
            if (tokens[i].Is(",") && open.Count > 0)
            {
                hasComma.Add(open.Peek());
            }

            if (tokens[i].Is("{") || tokens[i].Is("(") || tokens[i].Is("[["))
            {
                open.Push(i);
            }
        }

        for (var i = 0; i < tokens.Count; i++)
        {
            _isListed[i] = hasComma.Contains(around[i]);
        }
    }

    /// <summary>Returns the number of blanks before a line.</summary>
    public int Indentation(Line line)
    {
        var token = line.Items[0].NextToken;
        if (line.IsComment && IsClosing(_tokens[token]))
        {
            return Step * (_depth[token] + 1);
        }

        // The modules of IMPORTS stand below what is imported from them.
        return IsHead(token) ? 0 : (Step * _depth[token]) + (Continues(token) ? Step : 0) + (_tokens[token].Is("FROM") && _depth[token] == 0 ? Step : 0);
    }

    /// <summary>Returns how many brackets stand around a token.</summary>
    public int Depth(int token) => _depth[token];

    private static bool IsClosing(Token token) => token.Is("}") || token.Is(")") || token.Is("]]");

    private bool IsHead(int token) =>
        _tokens[token].Kind == TokenKind.End || _heads.Contains(_tokens[token].Span.Start)
        || (_depth[token] == 0 && (_tokens[token].Is("DEFINITIONS") || _tokens[token].Is("BEGIN") || _tokens[token].Is("END") || _tokens[token].Is("IMPORTS") || _tokens[token].Is("EXPORTS")));

    private bool Continues(int token)
    {
        if (IsClosing(_tokens[token]) || token == 0)
        {
            return false;
        }

        var before = _tokens[token - 1];
        return _depth[token] == 0 || (_isListed[token] && !before.Is(",") && !before.Is("{") && !before.Is("(") && !before.Is("[[") && !_tokens[token].Is("|") && !before.Is("|"));
    }
}
