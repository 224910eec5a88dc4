namespace CkiSdk.Asn1;

/// <summary>Bounds what a reader takes from a stranger.</summary>
public sealed record DerLimits
{
    /// <summary>Gets the limits in force where none are given: 64 levels, 16 MiB, 262,144 elements.</summary>
    public static DerLimits Default { get; } = new();

    /// <summary>Gets how many constructed elements may enclose one another.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Gets how many octets an input may have.</summary>
    public int MaxLength { get; init; } = 16 * 1024 * 1024;

    /// <summary>Gets how many elements may become objects: each constructed element counts, and each element of a list. Views make none and have no such limit.</summary>
    /// <remarks>It bounds memory and time of a decode, both some dozen times an input of nothing but empty elements. A list of 50,000 revoked certificates stays below the default.</remarks>
    public int MaxElements { get; init; } = 256 * 1024;
}
