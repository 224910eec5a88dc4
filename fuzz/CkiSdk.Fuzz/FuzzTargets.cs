using CkiSdk.Fuzz.Targets;

namespace CkiSdk.Fuzz;

/// <summary>Lists the targets.</summary>
internal static class FuzzTargets
{
    /// <summary>Gets all targets in the order in which they run.</summary>
    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        new ElementTarget(),
    ];
}
