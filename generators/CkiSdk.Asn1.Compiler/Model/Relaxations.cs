namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Lists what a decoder may be told to admit, by name and for one field or type; what was received is kept when it is encoded again.</summary>
[Flags]
public enum Relaxations
{
    /// <summary>Nothing: DER and the constraints hold.</summary>
    None = 0,

    /// <summary>A BIT STRING of named bits may end with zeros (X.690 11.2.2).</summary>
    UntrimmedNamedBits = 1,

    /// <summary>The elements of a SET OF may stand in any order (X.690 11.6).</summary>
    UnsortedSetOf = 2,

    /// <summary>The value may lie outside of its constraints (X.680 49).</summary>
    ConstraintViolated = 4,

    /// <summary>A component may be encoded although it has its DEFAULT value (X.690 11.5).</summary>
    DefaultEncoded = 8,
}
