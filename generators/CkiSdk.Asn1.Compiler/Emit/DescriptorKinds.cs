using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Says which member of the runtime's TypeKind a type of the runtime is.</summary>
public static class DescriptorKinds
{
    /// <summary>Returns the text by which a descriptor names the value of a selector; null for one that is neither object identifier nor number.</summary>
    public static string? Key(SelectorKeyModel key) => key.ObjectIdentifier ?? key.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Returns the octets of a default in hexadecimal; null where there is none that a decoder acts upon.</summary>
    public static string? Default(ComponentModel component) => component is { IsOptional: false, Default: not null } ? component.DefaultDer : null;

    /// <summary>Returns the member's name: mostly that of the method which reads the type.</summary>
    public static string Of(RuntimeCore core) => core.Method switch
    {
        "Int32" or "Int64" => "Integer",
        "NamedBitString" => "BitString",
        _ => core.Method,
    };
}
