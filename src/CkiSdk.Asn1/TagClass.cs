namespace CkiSdk.Asn1;

/// <summary>Names the four classes of tags (X.680 8.1), in the order of their identifier bits (X.690 8.1.2.2).</summary>
public enum TagClass : byte
{
    /// <summary>UNIVERSAL: assigned by X.680 itself.</summary>
    Universal,

    /// <summary>APPLICATION: assigned by other standards.</summary>
    Application,

    /// <summary>Context-specific: the class of a bare <c>[n]</c>.</summary>
    ContextSpecific,

    /// <summary>PRIVATE: assigned by enterprises.</summary>
    Private,
}
