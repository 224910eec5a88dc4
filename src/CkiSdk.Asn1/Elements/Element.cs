namespace CkiSdk.Asn1;

/// <summary>Is one value of a described type as a tree: what is checked, printed, turned into JSON or made of it, and encoded.</summary>
internal sealed class Element
{
    private static readonly List<Element> NoChildren = [];

    private List<Element>? _children;

    /// <summary>Makes a value of a type; null for an element whose type is not known.</summary>
    internal Element(TypeDescriptor? type) => Type = type;

    /// <summary>Gets the type as it is used here.</summary>
    internal TypeDescriptor? Type { get; }

    /// <summary>Gets the component or alternative that this is; null for others.</summary>
    internal ComponentDescriptor? Component { get; init; }

    /// <summary>Gets or sets the tag of the element behind the explicit tags; of a CHOICE and an open type none.</summary>
    internal Tag Tag { get; set; }

    /// <summary>Gets or sets the offset of the first octet.</summary>
    internal int Start { get; set; }

    /// <summary>Gets or sets the offset of the element behind the explicit tags.</summary>
    internal int CoreStart { get; set; }

    /// <summary>Gets or sets the offset of the content behind the explicit tags.</summary>
    internal int ContentStart { get; set; }

    /// <summary>Gets or sets the offset behind the last octet.</summary>
    internal int End { get; set; }

    /// <summary>Gets or sets the content of a primitive element, in the form that DER has for it.</summary>
    internal ReadOnlyMemory<byte> Content { get; set; }

    /// <summary>Gets the components, the elements of a list, the one alternative, or the value of an open type.</summary>
    internal IReadOnlyList<Element> Children => _children ?? NoChildren;

    /// <summary>Gets or sets the length of the encoding, once it has been counted.</summary>
    internal int EncodedLength { get; set; } = -1;

    /// <summary>Gets the number of explicit tags around the value.</summary>
    internal int Wrappers => Type is null ? 0 : Type.Tags.Count - (HasOwnTag ? 1 : 0);

    /// <summary>Gets a value indicating whether the value has a header of its own behind the explicit tags.</summary>
    internal bool HasOwnTag => Type is null || Type.Kind is not (TypeKind.Any or TypeKind.Choice);

    /// <summary>Gets the kind of the value; null where its type is not known.</summary>
    internal TypeKind? Kind => Type?.Kind;

    /// <summary>Gets a value indicating whether the value consists of other elements.</summary>
    internal bool IsConstructed => Type is null ? Tag.IsConstructed : Type.IsStructure || Type.IsList || !HasOwnTag;

    /// <summary>Gets the single element inside a CHOICE or an open type.</summary>
    internal Element Only => Children[0];

    /// <summary>Makes a value of the content octets of its DER.</summary>
    internal static Element OfContent(TypeDescriptor type, ReadOnlyMemory<byte> content, ComponentDescriptor? component = null)
    {
        var element = new Element(type) { Component = component };
        if (element.HasOwnTag)
            element.Tag = type.Tags[^1];
        if (!element.IsConstructed)
        {
            element.Content = content;
            return element;
        }

        var parts = new ElementParser(content, isBer: true, type.Name ?? "").ParseSeries();
        for (var i = type.Tags.Count - 1; i >= 0; i--)
        {
            var outer = new Element(null) { Tag = type.Tags[i] };
            parts.ForEach(outer.Add);
            parts = [outer];
        }

        var whole = new ElementParser(ElementEncoder.Encode(parts[0]), isBer: true, type.Name ?? "") { AdmitsAnyValue = true }.ParseWhole(type);
        element.Replace([.. whole.Children]);
        return element;
    }

    /// <summary>Adds a part.</summary>
    internal void Add(Element child) => (_children ??= []).Add(child);

    /// <summary>Puts the parts into another order, or leaves some out.</summary>
    internal void Replace(List<Element> children) => _children = children;

    /// <summary>Finds the component of a name; null where it is absent.</summary>
    internal Element? Find(string name)
    {
        foreach (var child in Children)
        {
            if (child.Component?.Name == name)
                return child;
        }

        return null;
    }
}
