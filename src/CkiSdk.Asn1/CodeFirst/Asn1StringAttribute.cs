namespace CkiSdk.Asn1;

/// <summary>Chooses the string type of a <see cref="string"/>; without it, it is a UTF8String.</summary>
/// <param name="type">The string type.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class Asn1StringAttribute(Asn1StringType type) : Attribute
{
    /// <summary>Gets the string type.</summary>
    public Asn1StringType Type => type;
}
