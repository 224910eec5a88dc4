namespace CkiSdk.Asn1;

/// <summary>Gives a type, component, alternative or item another name in ASN.1 than the one that follows from its C# name.</summary>
/// <param name="name">The name: a type begins with an upper-case letter, all others with a lower-case one (X.680 12.2, 12.3).</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Field)]
public sealed class Asn1NameAttribute(string name) : Attribute
{
    /// <summary>Gets the name.</summary>
    public string Name => name;
}
