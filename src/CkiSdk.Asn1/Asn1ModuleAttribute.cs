namespace CkiSdk.Asn1;

/// <summary>Says that an assembly holds the generated types of an ASN.1 module, so that modules of other assemblies can import from it.</summary>
/// <remarks>The generator writes it and reads it; nothing reads it at run time.</remarks>
/// <param name="name">The module's name.</param>
/// <param name="oid">The module's object identifier in dotted form; empty for none.</param>
/// <param name="space">The C# namespace of the generated types.</param>
/// <param name="notation">The module's text without comments, deflated, in Base64.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class Asn1ModuleAttribute(string name, string oid, string space, string notation) : Attribute
{
    /// <summary>Gets the module's name.</summary>
    public string Name => name;

    /// <summary>Gets the module's object identifier in dotted form; empty for none.</summary>
    public string Oid => oid;

    /// <summary>Gets the C# namespace of the generated types.</summary>
    public string Space => space;

    /// <summary>Gets the module's text without comments, deflated, in Base64.</summary>
    public string Notation => notation;
}
