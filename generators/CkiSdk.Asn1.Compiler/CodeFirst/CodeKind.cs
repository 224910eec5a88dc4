namespace CkiSdk.Asn1.Compiler.CodeFirst;

/// <summary>Lists what a type that is written in C# can be in ASN.1.</summary>
public enum CodeKind
{
    /// <summary>A SEQUENCE.</summary>
    Sequence,

    /// <summary>A SET.</summary>
    Set,

    /// <summary>A CHOICE.</summary>
    Choice,

    /// <summary>An ENUMERATED.</summary>
    Enumerated,

    /// <summary>A SEQUENCE OF.</summary>
    SequenceOf,

    /// <summary>A SET OF.</summary>
    SetOf,
}
