namespace CkiSdk.Storage.Sqlite;

/// <summary>Is where the moving of marks has come to on its rounds over all of them.</summary>
internal sealed class MarkStretch
{
    // The first stretch begins anywhere, so that processes with short lives do not move the same marks each time. Counted from the lowest mark.
    private ulong _next = (ulong)Random.Shared.NextInt64() << 1;

    /// <summary>Gets or sets how many marks were added since some were moved last.</summary>
    public int Added { get; set; }

    /// <summary>Takes the next stretch: of all marks, the part that those added are of a round.</summary>
    /// <param name="round">How many marks are added in the time of a round.</param>
    /// <returns>The first and the last mark of it.</returns>
    public (long First, long Last) Take(int round)
    {
        var first = Added >= round ? 0 : _next;
        var last = Added >= round ? ulong.MaxValue : first + ((ulong)Added * (ulong.MaxValue / (ulong)round));
        if (last < first) last = ulong.MaxValue;
        (_next, Added) = (unchecked(last + 1), 0); // behind the highest mark it begins anew
        return (Signed(first), Signed(last));
    }

    // Keeps the order: the lowest mark becomes the lowest number.
    private static long Signed(ulong place) => (long)(place ^ 0x8000_0000_0000_0000);
}
