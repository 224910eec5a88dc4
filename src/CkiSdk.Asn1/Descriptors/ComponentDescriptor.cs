namespace CkiSdk.Asn1;

/// <summary>Describes a component of a SEQUENCE or SET, or an alternative of a CHOICE.</summary>
public sealed class ComponentDescriptor
{
    /// <summary>Describes a component.</summary>
    /// <param name="name">The identifier in the module.</param>
    /// <param name="type">Its type.</param>
    public ComponentDescriptor(string name, TypeDescriptor type)
    {
        Name = name;
        Type = type;
    }

    /// <summary>Gets the identifier in the module.</summary>
    public string Name { get; }

    /// <summary>Gets the type.</summary>
    public TypeDescriptor Type { get; }

    /// <summary>Gets a value indicating whether it may be absent without having a default value.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Gets the DER of its default value, all tags included; empty for none.</summary>
    public ReadOnlyMemory<byte> Default { get; init; }

    /// <summary>Gets a value indicating whether it may be encoded although it has its default value, which is kept then (X.690 11.5).</summary>
    public bool AdmitsEncodedDefault { get; init; }

    /// <summary>Gets which of the extension addition groups of its type it belongs to, from 1; 0 for none.</summary>
    public int Group { get; init; }

    /// <summary>Gets a value indicating whether it must be there where another component of its group is (X.680 25.13).</summary>
    public bool IsRequiredInGroup { get; init; }

    /// <summary>Gets a value indicating whether an encoding may leave it out (X.680 25.5 to 25.9).</summary>
    public bool MayBeAbsent => IsOptional || !Default.IsEmpty;

    /// <summary>Gives the name and the type.</summary>
    public override string ToString() => $"{Name} {Type}";
}
