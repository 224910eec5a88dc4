using System.Diagnostics;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Gathers what waits to be written, by the group.</summary>
/// <remarks>
/// A commit costs nearly the same for one operation as for a hundred. As long as the processors have other things to do, some of that will soon want to be written, too:
/// so the writer waits for it, a little while and until half of all is there; the other half is worked on while the disk is written. Whoever is alone waits for nobody.
/// </remarks>
internal sealed class WriteQueue
{
    // Bounds how long the first of a group waits for the last.
    private const int LargestGroup = 512;

    // What is worth waiting for, and for how long.
    private const int LargeGroup = 160;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(16);

    // How often the writer looks whether it is worth waiting, and what must have come since it looked last.
    private const int FewestInALook = 4;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    private readonly object _gate = new();
    private readonly List<WriteOperation> _waiting = [];
    private int _wanted = 1;
    private bool _isComplete;

    /// <summary>Adds an operation.</summary>
    /// <returns>False where nothing more is taken.</returns>
    public bool TryAdd(WriteOperation operation)
    {
        lock (_gate)
        {
            if (_isComplete) return false;
            _waiting.Add(operation);
            if (_waiting.Count == _wanted) Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Waits for operations and takes them.</summary>
    /// <param name="group">Where they go.</param>
    /// <returns>False where there are none and will be none.</returns>
    public bool TryTake(List<WriteOperation> group)
    {
        lock (_gate)
        {
            for (_wanted = 1; _waiting.Count == 0 && !_isComplete;) Monitor.Wait(_gate);
            _wanted = LargeGroup;
            WaitForMore();
            var count = Math.Min(_waiting.Count, LargestGroup);
            group.AddRange(_waiting[..count]);
            _waiting.RemoveRange(0, count);
            return count > 0;
        }
    }

    /// <summary>Ends: nothing more is taken in, and what waits is still given out.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            Monitor.Pulse(_gate);
        }
    }

    private void WaitForMore()
    {
        var start = Stopwatch.GetTimestamp();
        for (var seen = 0; !_isComplete && _waiting.Count < LargeGroup && _waiting.Count - seen >= FewestInALook;)
        {
            if (ThreadPool.PendingWorkItemCount <= _waiting.Count || Stopwatch.GetElapsedTime(start) >= LongestWait) return;
            seen = _waiting.Count;
            Monitor.Wait(_gate, Look);
        }
    }
}
