namespace CkiSdk.Asn1;

/// <summary>Makes an abstract partial record a CHOICE (X.680 29): the records nested in it are the alternatives, each with one property for its value or with none for NULL.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class Asn1ChoiceAttribute : Attribute
{
    /// <summary>Gets or sets a value indicating whether later versions may add to the type (X.680 25.1, the marker <c>...</c>): what is not known is kept.</summary>
    public bool IsExtensible { get; set; }
}
