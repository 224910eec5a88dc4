namespace CkiSdk.Asn1;

/// <content>Open types: which values decide of them, and how these get there (X.682 10).</content>
public sealed partial class TypeDescriptor
{
    private SelectorPath[]? _selectors;
    private string[]? _parameters;

    /// <summary>Gets the object set that this open type is tied to; null for other types, and for open types without one.</summary>
    public OpenTypeDescriptor? OpenType => Base is { } inner ? inner.OpenType : OwnOpenType;

    /// <summary>Gets where the selectors are that this type takes where it is used: an open type, or one with such types in it.</summary>
    public IReadOnlyList<SelectorPath> Selectors => _selectors ?? Base?.Selectors ?? [];

    /// <summary>Gets the names by which the types inside call selectors that come from further out.</summary>
    public IReadOnlyList<string> Parameters => _parameters ?? Base?.Parameters ?? [];

    /// <summary>Gets a value indicating whether a value of the type can be read only when others are known.</summary>
    internal bool DependsOnSelectors => Selectors.Count > 0 || (IsList && Element!.DependsOnSelectors) || Contained?.DependsOnSelectors == true;

    /// <summary>Gets the selectors that this description adds itself.</summary>
    internal IReadOnlyList<SelectorPath>? OwnSelectors => _selectors;

    /// <summary>Gets the parameters that this description adds itself.</summary>
    internal IReadOnlyList<string>? OwnParameters => _parameters;

    private OpenTypeDescriptor? OwnOpenType { get; init; }

    /// <summary>Describes an open type that is tied to an object set.</summary>
    /// <param name="table">The set.</param>
    /// <param name="selectors">Where the selectors are.</param>
    /// <param name="tags">Explicit tags from the outside in.</param>
    public static TypeDescriptor Open(OpenTypeDescriptor table, SelectorPath[] selectors, params ReadOnlySpan<Tag> tags) =>
        new(TypeKind.Any, tags) { OwnOpenType = table, _selectors = selectors };

    /// <summary>Describes an OCTET STRING or BIT STRING in which the encoding of a value stands (X.682 11).</summary>
    /// <param name="kind">Which of them.</param>
    /// <param name="content">The type of the value.</param>
    /// <param name="tags">All tags from the outside in.</param>
    public static TypeDescriptor Container(TypeKind kind, TypeDescriptor content, params ReadOnlySpan<Tag> tags) => new(kind, tags, content);

    /// <summary>Gives the type as it is used where selectors stand for the open types in it.</summary>
    /// <param name="selectors">Where the selectors are, in the order of the <see cref="Parameters"/>.</param>
    public TypeDescriptor Selecting(params SelectorPath[] selectors)
    {
        var type = new TypeDescriptor(this, [.. Tags]);
        type._selectors = selectors;
        return type;
    }

    /// <summary>Gives the description of a type that takes selectors from further out.</summary>
    /// <param name="parameters">The names by which the types inside call them.</param>
    public TypeDescriptor Taking(params string[] parameters)
    {
        var type = (TypeDescriptor)MemberwiseClone();
        type._parameters = parameters;
        return type;
    }
}
