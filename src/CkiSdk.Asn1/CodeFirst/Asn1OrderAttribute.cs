namespace CkiSdk.Asn1;

/// <summary>Says where a component stands in its SEQUENCE, where the order of the properties in the source is not the right one. All components of a type have it, or none.</summary>
/// <param name="position">A number; the components stand in the order of their numbers.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class Asn1OrderAttribute(int position) : Attribute
{
    /// <summary>Gets the number.</summary>
    public int Position => position;
}
