using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Remembers which transactions came lately, so that a message that comes again, because its answer was lost, costs no second decision; what is new costs no search of the store.</summary>
/// <remarks>It errs to one side only: what it calls new may have come long ago, or to another process.</remarks>
internal sealed class RecentTransactions
{
    // Of each generation; there are two, so that at least so many are remembered, in some two megabytes at most.
    private const int Most = 1 << 15;

    private readonly Lock _gate = new();
    private HashSet<long> _young = [];
    private HashSet<long> _old = [];

    /// <summary>Remembers a transaction.</summary>
    /// <returns>False where it may have come lately.</returns>
    public bool TryAdd(TransactionKey transaction)
    {
        // Two that are taken for one cost a search.
        var mark = ((long)transaction.Sender.GetHashCode(StringComparison.Ordinal) << 32) | (uint)transaction.TransactionId.GetHashCode(StringComparison.Ordinal);
        lock (_gate)
        {
            if (_young.Count >= Most)
            {
                (_old, _young) = (_young, _old);
                _young.Clear();
            }

            return !_old.Contains(mark) & _young.Add(mark);
        }
    }
}
