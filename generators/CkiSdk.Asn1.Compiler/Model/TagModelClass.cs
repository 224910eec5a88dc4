namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Lists the classes of tags in their canonical order (X.680 8.6).</summary>
public enum TagModelClass
{
    /// <summary>UNIVERSAL.</summary>
    Universal,

    /// <summary>APPLICATION.</summary>
    Application,

    /// <summary>Context-specific.</summary>
    Context,

    /// <summary>PRIVATE.</summary>
    Private,
}
