namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Lists the forms that a generated type has in C#.</summary>
public enum GeneratedKind
{
    /// <summary>A record of a SEQUENCE or SET, or a struct around a simple type.</summary>
    Plain,

    /// <summary>A hierarchy of records of a CHOICE.</summary>
    Choice,

    /// <summary>An enum with its codec class.</summary>
    Enum,
}
