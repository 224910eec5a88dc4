namespace CkiSdk.Asn1;

/// <summary>Makes a partial record a SET (X.680 27): its properties are the components.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class Asn1SetAttribute : Attribute
{
    /// <summary>Gets or sets a value indicating whether later versions may add to the type (X.680 25.1, the marker <c>...</c>): what is not known is kept.</summary>
    public bool IsExtensible { get; set; }
}
