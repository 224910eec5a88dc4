namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is an information object set (X.681 12).</summary>
/// <param name="Objects">Its objects, each once.</param>
/// <param name="IsExtensible">Whether it has an extension marker, or takes in a set that has one.</param>
/// <param name="IsPartial">Whether some of it cannot be seen, because a module is not there or something in it is wrong.</param>
internal sealed record ObjectSet(IReadOnlyList<InformationObject> Objects, bool IsExtensible, bool IsPartial)
{
    /// <summary>Gets the set of which nothing is known.</summary>
    public static ObjectSet OutOfSight { get; } = new([], true, true);

    /// <summary>Gets a value indicating whether other objects may come in its place.</summary>
    public bool IsOpen => IsExtensible || IsPartial;

    /// <summary>Returns the objects of all sets.</summary>
    public static ObjectSet Union(params IEnumerable<ObjectSet> sets)
    {
        var (objects, known, isExtensible, isPartial) = (new List<InformationObject>(), new ObjectIndex([]), false, false);
        foreach (var set in sets)
        {
            objects.AddRange(set.Objects.Where(item => !known.Contains(item)));
            known.Add(set.Objects);
            isExtensible |= set.IsExtensible;
            isPartial |= set.IsPartial;
        }

        return new(objects, isExtensible, isPartial);
    }

    /// <summary>Returns the objects that are in both.</summary>
    public ObjectSet Intersection(ObjectSet other) =>
        new([.. Objects.Where(new ObjectIndex(other.Objects).Contains)], IsExtensible && other.IsExtensible, IsPartial || other.IsPartial);

    /// <summary>Returns the objects that are not in the other.</summary>
    public ObjectSet Except(ObjectSet other)
    {
        var known = new ObjectIndex(other.Objects);
        return new([.. Objects.Where(item => !known.Contains(item))], IsExtensible, IsPartial || other.IsPartial);
    }
}
