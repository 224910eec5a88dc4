namespace CkiSdk.Transports.Mail.Accounts;

/// <summary>Knows which requests are on their way: mail waits for who is away, and a second one would only wait beside it. As one may be lost, it is sent again, ever more seldom.</summary>
/// <param name="first">After what time a request is sent for the second time.</param>
/// <param name="time">The clock.</param>
internal sealed class SentRequests(TimeSpan first, TimeProvider time)
{
    private const int Most = 10_000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Again, TimeSpan Pause)> _sent = new(StringComparer.Ordinal);

    /// <summary>Takes note that somebody asks.</summary>
    /// <param name="key">The request.</param>
    /// <returns>Whether it is to be sent now.</returns>
    public bool TryBegin(string key)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var isKnown = _sent.TryGetValue(key, out var before);
            if (isKnown && now < before.Again) return false;
            if (!isKnown && _sent.Count >= Most) _sent.Clear();
            var pause = isKnown ? before.Pause * 2 : first;
            pause = pause < LongestPause ? pause : LongestPause;
            _sent[key] = (now + pause, pause);
            return true;
        }
    }

    /// <summary>Takes note that a request was answered, or did not arrive.</summary>
    /// <param name="key">The request.</param>
    public void End(string key)
    {
        lock (_gate) _sent.Remove(key);
    }
}
