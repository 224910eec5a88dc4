namespace CkiSdk.Asn1;

/// <summary>Knows the orders that DER has for SET and SET OF (X.690 10.3, 11.6).</summary>
internal static class ElementOrder
{
    /// <summary>Orders tags by class, then number (X.680 8.6).</summary>
    internal static int Compare(Tag left, Tag right) =>
        left.Class != right.Class ? left.Class.CompareTo(right.Class) : left.Number.CompareTo(right.Number);

    /// <summary>Gives the tag that an encoding begins with.</summary>
    internal static Tag First(Element element) =>
        element.Wrappers > 0 ? element.Type!.Tags[0] : element.HasOwnTag ? element.Tag : First(element.Only);

    /// <summary>Puts the components of a SET into the order of their tags.</summary>
    internal static void SortComponents(Element set) => set.Replace([.. set.Children.OrderBy(First, Comparer<Tag>.Create(Compare))]);

    /// <summary>Orders a universal SET of which it is not known whether it is a SET or a SET OF; where all tags differ, as a SET.</summary>
    internal static void SortUntyped(Element set)
    {
        var firsts = set.Children.Select(child => (First(child).Class, First(child).Number)).ToList();
        if (firsts.Distinct().Count() == firsts.Count && !IsSorted(set))
            SortComponents(set);
        else if (firsts.Distinct().Count() != firsts.Count)
            ElementEncoder.SortElements(set);
    }

    private static bool IsSorted(Element set)
    {
        var previous = ReadOnlySpan<byte>.Empty;
        foreach (var child in set.Children)
        {
            var current = ElementEncoder.Encode(child).AsSpan();
            if (previous.SequenceCompareTo(current) > 0)
                return false;
            previous = current;
        }

        return true;
    }
}
