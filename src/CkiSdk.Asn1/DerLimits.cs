namespace CkiSdk.Asn1;

/// <summary>Bounds what a reader takes from a stranger.</summary>
public sealed record DerLimits
{
    /// <summary>Gets the limits in force where none are given: 64 levels, 16 MiB.</summary>
    public static DerLimits Default { get; } = new();

    /// <summary>Gets how many constructed elements may enclose one another.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Gets how many octets an input may have.</summary>
    public int MaxLength { get; init; } = 16 * 1024 * 1024;
}
