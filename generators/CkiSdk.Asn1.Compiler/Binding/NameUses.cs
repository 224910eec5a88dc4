using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Knows which assignments use which names, whatever modules these are in: more than is needed may depend on an edit, never less.</summary>
internal sealed class NameUses
{
    private readonly Dictionary<string, HashSet<string>> _users = new(StringComparer.Ordinal);

    /// <summary>Adds the words of an assignment's text; comments and strings count as well.</summary>
    public void Add(SourceText source, AssignmentSyntax assignment)
    {
        var text = source.Text;
        for (var i = assignment.Span.Start; i < assignment.Span.End;)
        {
            if (!IsLetter(text[i]))
            {
                i++;
                continue;
            }

            // Two hyphens begin a comment, also directly behind a word (X.680 12.6.3).
            var start = i++;
            while (i < assignment.Span.End && (IsLetter(text[i]) || text[i] is >= '0' and <= '9' || (text[i] == '-' && i + 1 < text.Length && text[i + 1] != '-')))
            {
                i++;
            }

            Add(text.Substring(start, i - start), assignment.Name);
        }
    }

    /// <summary>Returns names with all names of assignments that use them, directly or through others.</summary>
    public HashSet<string> Closure(IEnumerable<string> names)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(names);
        while (waiting.Count > 0)
        {
            var name = waiting.Pop();
            if (!found.Add(name) || !_users.TryGetValue(name, out var users))
            {
                continue;
            }

            foreach (var user in users)
            {
                waiting.Push(user);
            }
        }

        return found;
    }

    private void Add(string name, string user)
    {
        if (!_users.TryGetValue(name, out var users))
        {
            _users.Add(name, users = new HashSet<string>(StringComparer.Ordinal));
        }

        users.Add(user);
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
