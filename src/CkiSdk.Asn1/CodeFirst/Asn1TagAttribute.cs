namespace CkiSdk.Asn1;

/// <summary>Gives a component, an alternative or a type a tag (X.680 31): context-specific and implicit unless said otherwise.</summary>
/// <param name="number">The number of the tag.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class Asn1TagAttribute(int number) : Attribute
{
    /// <summary>Gets the number of the tag.</summary>
    public int Number => number;

    /// <summary>Gets or sets the class of the tag.</summary>
    public TagClass Class { get; set; } = TagClass.ContextSpecific;

    /// <summary>Gets or sets a value indicating whether the tag stands before the type's own one, and not in its place.</summary>
    public bool IsExplicit { get; set; }
}
