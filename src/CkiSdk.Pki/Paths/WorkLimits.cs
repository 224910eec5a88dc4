namespace CkiSdk.Pki.Paths;

/// <summary>Bounds the work that the certificates of a stranger can cause.</summary>
/// <param name="Signatures">How many different signatures are verified.</param>
/// <param name="Steps">How many certificates are tried as the next one of a path.</param>
/// <param name="Paths">How many paths that end at an anchor are validated.</param>
/// <param name="NameComparisons">How many comparisons of a name with a subtree one path may take.</param>
public sealed record WorkLimits(int Signatures, int Steps, int Paths, int NameComparisons)
{
    /// <summary>Gets the usual limits.</summary>
    public static WorkLimits Default { get; } = new(Signatures: 256, Steps: 8192, Paths: 128, NameComparisons: 250_000);
}
