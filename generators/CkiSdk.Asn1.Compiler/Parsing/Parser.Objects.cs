using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <content>Reads objects by the notation of their class (X.681 10, 11).</content>
public sealed partial class Parser
{
    private Dictionary<string, ArgumentSyntax> ParseObject(ClassSyntax definition)
    {
        var fields = new Dictionary<string, ArgumentSyntax>(StringComparer.Ordinal);
        if (definition.WithSyntax is null || Current.Kind is TokenKind.UpperField or TokenKind.LowerField)
            ParseDefaultSyntax(fields);
        else
            MatchSyntax(definition.WithSyntax, 0, definition.WithSyntax.Count, fields);
        return fields;
    }

    // {&id 1, &Type INTEGER}
    private void ParseDefaultSyntax(Dictionary<string, ArgumentSyntax> fields)
    {
        if (AtEnd)
            return;
        do
        {
            if (Current.Kind is not (TokenKind.UpperField or TokenKind.LowerField))
                throw Unexpected("a field such as &id or &Type");
            var name = Take().Text;
            fields[name] = ParseArgument();
        }
        while (TryTake(","));
    }

    private void MatchSyntax(IReadOnlyList<Token> syntax, int from, int to, Dictionary<string, ArgumentSyntax> fields)
    {
        Enter();
        for (var i = from; i < to; i++)
        {
            var item = syntax[i];
            if (item.Is("["))
            {
                var end = GroupEnd(syntax, i, to);
                if (syntax[i + 1 < to ? i + 1 : i].Kind is not (TokenKind.UpperField or TokenKind.LowerField) || !AtWordBehind(syntax, end + 1, to))
                    TryGroup(syntax, i + 1, end, fields);
                i = end;
            }
            else if (item.Kind is TokenKind.UpperField or TokenKind.LowerField)
            {
                fields[item.Text] = ParseArgument();
            }
            else if (!TryTake(item.Text))
            {
                throw Unexpected($"'{item.Text}'");
            }
        }

        Leave();
    }

    // An optional group is there where its first word is; where it has none before a field, where it can be read (X.681 10.12).
    private void TryGroup(IReadOnlyList<Token> syntax, int from, int to, Dictionary<string, ArgumentSyntax> fields)
    {
        var first = from < to ? syntax[from] : default;
        if (AtEnd || from >= to || (first.Kind is TokenKind.UpperWord or TokenKind.Mark && !first.Is("[") && !Is(first.Text)))
            return;
        var position = _position;
        var depth = _depth;
        var inner = new Dictionary<string, ArgumentSyntax>(StringComparer.Ordinal);
        try
        {
            MatchSyntax(syntax, from, to, inner);
        }
        catch (SyntaxException) when (first.Kind is not TokenKind.UpperWord || from + 1 < to)
        {
            _position = position;
            _depth = depth;
            return;
        }

        foreach (var field in inner)
            fields[field.Key] = field.Value;
    }

    // Whether the current token is a word of the class that may stand here if the group before it is left out.
    private bool AtWordBehind(IReadOnlyList<Token> syntax, int from, int to)
    {
        for (var i = from; i < to; i = GroupEnd(syntax, i, to) + 1)
        {
            var first = syntax[i].Is("[") && i + 1 < to ? syntax[i + 1] : syntax[i];
            if (first.Kind is TokenKind.UpperWord or TokenKind.Mark && Is(first.Text))
                return true;
            if (!syntax[i].Is("["))
                return false;
        }

        return false;
    }

    private static int GroupEnd(IReadOnlyList<Token> syntax, int start, int to)
    {
        var depth = 0;
        for (var i = start; i < to; i++)
        {
            depth += syntax[i].Is("[") ? 1 : syntax[i].Is("]") ? -1 : 0;
            if (depth == 0)
                return i;
        }

        return to;
    }
}
