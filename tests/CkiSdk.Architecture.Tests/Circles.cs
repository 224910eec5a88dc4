namespace CkiSdk.Architecture.Tests;

/// <summary>Finds circles in a graph of names.</summary>
internal static class Circles
{
    /// <summary>Finds one circle by depth-first search and returns it as <c>A -> B -> A</c>, or null when there is none.</summary>
    public static string? Find(IEnumerable<string> nodes, Func<string, IEnumerable<string>> next)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        return nodes.Select(node => Visit(node)).FirstOrDefault(circle => circle is not null);

        string? Visit(string node)
        {
            var start = path.IndexOf(node);
            if (start >= 0) return string.Join(" -> ", path.Skip(start).Append(node));
            if (!done.Add(node)) return null;
            path.Add(node);
            foreach (var target in next(node))
            {
                if (Visit(target) is { } circle) return circle;
            }

            path.RemoveAt(path.Count - 1);
            return null;
        }
    }
}
