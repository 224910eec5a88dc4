namespace CkiSdk.Asn1;

/// <summary>Chooses objects of the sets that open types are tied to, and says which selectors that demands.</summary>
internal static class OpenTypeChoice
{
    private const int MostDepth = 6;

    /// <summary>Returns what the components of a structure must be, for the open types in it; nothing where other selectors are to be tried.</summary>
    internal static List<(IReadOnlyList<string> Steps, ReadOnlyMemory<byte> Content)> Make(TypeDescriptor structure, System.Random random)
    {
        var demands = new List<(IReadOnlyList<string>, ReadOnlyMemory<byte>)>();
        foreach (var component in structure.Components.Where(component => component.Type.DependsOnSelectors))
        {
            if (Find(component.Type, [], 0) is not var (table, paths) || (table.IsExtensible && random.Next(4) == 0))
                continue;
            var known = table.Alternatives.Where(alternative => alternative.Type is not null && !alternative.Keys.Contains(null)).ToList();
            if (known.Count == 0)
                continue;
            var chosen = known[random.Next(known.Count)];
            for (var i = 0; i < paths.Count && i < chosen.Keys.Count; i++)
            {
                if (paths[i] is { } path && !demands.Exists(demand => demand.Item1.SequenceEqual(path.Steps)))
                    demands.Add((path.Steps, chosen.Keys[i]!.Value));
            }
        }

        return demands;
    }

    // The first open type in a type, and where the structure around has the selectors of it; null for one that comes from further out.
    private static (OpenTypeDescriptor Table, List<SelectorPath?> Paths)? Find(TypeDescriptor type, List<(IReadOnlyList<string> Names, List<SelectorPath?> Paths)> outer, int depth)
    {
        if (depth > MostDepth)
            return null;
        var inner = outer.ToList();
        List<SelectorPath?> paths = [.. type.Selectors.Select(path => path.Parameter is null ? outer.Count == 0 ? path : null : Argument(path.Parameter, outer))];
        if (type.OpenType is { } table)
            return (table, paths);
        if (type.Contained is { } contained)
            return Find(contained, outer, depth + 1);
        if (type.Element is { } element)
            return Find(element, outer, depth + 1);
        if (type.Parameters.Count == 0)
            return null;
        inner.Add((type.Parameters, paths));
        return type.Components.Where(component => component.Type.DependsOnSelectors).Select(component => Find(component.Type, inner, depth + 1)).FirstOrDefault(found => found is not null);
    }

    private static SelectorPath? Argument(string parameter, List<(IReadOnlyList<string> Names, List<SelectorPath?> Paths)> outer)
    {
        if (outer.Count == 0)
            return null;
        var (names, paths) = outer[^1];
        for (var i = 0; i < names.Count && i < paths.Count; i++)
        {
            if (names[i] == parameter)
                return paths[i];
        }

        return null;
    }
}
