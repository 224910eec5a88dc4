namespace CkiSdk.Asn1;

/// <summary>Makes an enum an ENUMERATED (X.680 20): a class named as the enum, with Codec behind, reads and writes it.</summary>
[AttributeUsage(AttributeTargets.Enum)]
public sealed class Asn1EnumeratedAttribute : Attribute
{
    /// <summary>Gets or sets a value indicating whether later versions may add to the type (X.680 25.1, the marker <c>...</c>): what is not known is kept.</summary>
    public bool IsExtensible { get; set; }
}
