namespace CkiSdk.Benchmarks.Harness;

/// <summary>Holds what was measured for one row; times are medians in nanoseconds for each operation.</summary>
/// <param name="Name">The name of the row.</param>
/// <param name="Ours">Our time.</param>
/// <param name="Peer">The peer's time.</param>
/// <param name="Ratio">The median of the ratios of the rounds, ours to the peer's.</param>
/// <param name="Target">The greatest ratio that is good enough; 0 for a comparison without a target.</param>
/// <param name="Met">Whether ratio and allocations are good enough.</param>
/// <param name="OursAllocated">The octets that we allocate for each operation.</param>
/// <param name="PeerAllocated">The octets that the peer allocates.</param>
internal sealed record RowResult(
    string Name, double Ours, double Peer, double Ratio, double Target, bool Met, long OursAllocated, long PeerAllocated);
