namespace CkiSdk.Protocol.Storage;

/// <summary>Checks an audit log part by part, from its first entry on, so that a long one need not be in memory as a whole.</summary>
/// <param name="noted">A head that was noted before, elsewhere than in the store; null for none.</param>
public sealed class AuditVerifier(AuditHead? noted = null)
{
    private const int PartLength = 1_000;

    private bool _meetsNoted = noted is null || IsSame(noted, AuditHead.Empty);

    /// <summary>Gets the head of the log as far as it was checked and holds together.</summary>
    public AuditHead Head { get; private set; } = AuditHead.Empty;

    /// <summary>Gets the first fault; null where there is none so far.</summary>
    public AuditFinding? Fault { get; private set; }

    /// <summary>Checks a whole log in parts: at any time some of it is in memory.</summary>
    /// <param name="store">The store.</param>
    /// <param name="noted">A head that was noted before, elsewhere than in the store; null for none.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async ValueTask<AuditFinding> VerifyAsync(IAuditStore store, AuditHead? noted = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var verifier = new AuditVerifier(noted);
        return (await verifier.GoOnAsync(store, long.MaxValue, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Checks the next entries of a log that goes on.</summary>
    /// <param name="store">The store, the same each time.</param>
    /// <param name="most">How many entries are checked at most.</param>
    /// <param name="cancellationToken">Cancels it; what was checked stays so.</param>
    /// <returns>The finding about the whole log, where its end was reached or a fault was found; null where there is more.</returns>
    public async ValueTask<AuditFinding?> GoOnAsync(IAuditStore store, long most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        for (var left = most; left > 0 && Fault is null;)
        {
            var length = (int)Math.Min(left, PartLength);
            var part = await store.ReadAuditPartAsync(Head.Number, length, cancellationToken).ConfigureAwait(false);
            Add(part.Links);
            left -= part.Links.Count;
            if (part.Links.Count < length || part.Links[^1].Number == part.Head.Number)
            {
                return Finish(part.Head);
            }
        }

        return Fault;
    }

    /// <summary>Checks the entries that follow those before.</summary>
    /// <param name="links">The entries in the order of their numbers.</param>
    public void Add(IReadOnlyList<AuditLink> links)
    {
        ArgumentNullException.ThrowIfNull(links);
        foreach (var link in links)
        {
            if (Fault is not null)
            {
                return;
            }

            var next = AuditChain.Next(Head, link.Entry);
            if (link.Number != next.Number)
            {
                Fault = Broken(next.Number, $"entry {next.Number} is missing: {link.Number} follows {Head.Number}");
            }
            else if (!link.Hash.Span.SequenceEqual(next.Hash.Span))
            {
                Fault = Broken(next.Number, $"entry {next.Number} is not the one that was written, or the one before it was changed, put in or moved");
            }
            else
            {
                Head = next;
                _meetsNoted |= noted is not null && IsSame(noted, Head);
            }
        }
    }

    /// <summary>Tells what was found once all entries were checked.</summary>
    /// <param name="stored">The head that is stored beside the entries.</param>
    public AuditFinding Finish(AuditHead stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return Fault
            ?? (!IsSame(stored, Head) ? Broken(
                Math.Min(Head.Number, stored.Number) + 1,
                $"the log ends after entry {Head.Number}, and its head says {stored.Number}: entries at the end are missing or were added, or the head was changed")
            : !_meetsNoted ? Broken(Math.Min(noted!.Number, Head.Number + 1), $"the head {noted} that was noted is not in the log: its end was cut off, or the whole was written anew")
            : new AuditFinding((int)Head.Number, Head, null, null));
    }

    private static bool IsSame(AuditHead one, AuditHead other) => one.Number == other.Number && one.Hash.Span.SequenceEqual(other.Hash.Span);

    private AuditFinding Broken(long number, string reason) => new((int)Head.Number, Head, number, reason);
}
