namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is a component of a SEQUENCE or SET, or an alternative of a CHOICE.</summary>
/// <param name="Asn1Name">The identifier in the module.</param>
/// <param name="Name">The C# name.</param>
/// <param name="Use">Its type.</param>
/// <param name="IsOptional">Whether it may be absent.</param>
/// <param name="Default">The C# expression of its default; null for none.</param>
/// <param name="StartTags">The tags that its encoding can begin with; empty for an element of any tag.</param>
/// <param name="KeepsOctets">Whether the octets received are kept beside the value, because a signature covers them.</param>
/// <param name="Comment">The module's own comment.</param>
public sealed record ComponentModel(
    string Asn1Name, string Name, TypeUse Use, bool IsOptional, string? Default, EquatableArray<TagModel> StartTags, bool KeepsOctets, string? Comment)
{
    /// <summary>Gets the property that holds it in a type that is written in C# already; null where the property is generated.</summary>
    public OwnMember? Own { get; init; }

    /// <summary>Gets the default as a value; null for none.</summary>
    public ValueNode? DefaultValue { get; init; }

    /// <summary>Gets the DER octets of the default in hexadecimal, the component's tags among them; null for none.</summary>
    public string? DefaultDer { get; init; }

    /// <summary>Gets the property that says whether the default was encoded, where that is admitted; null where it is refused.</summary>
    public string? EncodedMember { get; init; }

    /// <summary>Gets which of the type's version brackets it stands in, from 1; 0 for none.</summary>
    public int Group { get; init; }

    /// <summary>Gets whether it must be there where another component of its version brackets is (X.680 25.13).</summary>
    public bool IsRequiredInGroup { get; init; }

    /// <summary>Gets the static property that holds a default which is decoded from its octets; null where the expression says it all.</summary>
    public string? DefaultMember { get; init; }
}
