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
}
