using System.Collections.Concurrent;
using CkiSdk.Transports.Mail.Servers;

namespace CkiSdk.Transports.Mail.Accounts;

/// <summary>Remembers across sessions what became of each mail in a mailbox, so that none is handled twice and none that was dealt with stays.</summary>
internal sealed class MailLedger
{
    private readonly ConcurrentDictionary<string, (MailEntry Entry, MailVerdict Verdict)> _mails = new(StringComparer.Ordinal);

    /// <summary>Takes note of what a session lists.</summary>
    /// <param name="entries">The mails.</param>
    /// <param name="areAll">Whether there are no others: those that are known and missing are forgotten.</param>
    /// <param name="mayConcern">Says of a mail whether it can be ours.</param>
    public void Note(IReadOnlyList<MailEntry> entries, bool areAll, Func<MailEntry, bool> mayConcern)
    {
        foreach (var entry in entries) _mails.TryAdd(entry.Id, (entry, mayConcern(entry) ? new MailVerdict(MailFate.Due) : MailVerdict.Left));
        if (!areAll) return;
        foreach (var id in _mails.Keys.Except(entries.Select(entry => entry.Id), StringComparer.Ordinal)) Forget(id);
    }

    /// <summary>Finds mails to look at, in the order of their identifiers.</summary>
    /// <param name="now">The present.</param>
    public IReadOnlyList<MailEntry> Due(DateTimeOffset now) =>
        [.. _mails.Values.Where(mail => mail.Verdict.Fate == MailFate.Due && mail.Verdict.After <= now).Select(mail => mail.Entry).OrderBy(entry => entry.Id.Length).ThenBy(entry => entry.Id, StringComparer.Ordinal)];

    /// <summary>Finds when the next mail is due; null where none will be.</summary>
    public DateTimeOffset? NextDue() => _mails.Values.Where(mail => mail.Verdict.Fate == MailFate.Due).Select(mail => (DateTimeOffset?)mail.Verdict.After).Min();

    /// <summary>Finds mails that are to go.</summary>
    /// <param name="fate">How.</param>
    public IReadOnlyList<string> Of(MailFate fate) => [.. _mails.Where(mail => mail.Value.Verdict.Fate == fate).Select(mail => mail.Key)];

    /// <summary>Decides about a mail.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="verdict">The decision.</param>
    public void Decide(string id, MailVerdict verdict)
    {
        if (_mails.TryGetValue(id, out var known)) _mails[id] = (known.Entry, verdict);
    }

    /// <summary>Makes answers due at once for which somebody has come to wait.</summary>
    /// <param name="key">The request.</param>
    public void Revisit(string key)
    {
        foreach (var (id, (entry, verdict)) in _mails)
        {
            if (verdict.Fate == MailFate.Due && verdict.Key == key) _mails[id] = (entry, new MailVerdict(MailFate.Due));
        }
    }

    /// <summary>Forgets a mail that is gone.</summary>
    /// <param name="id">Its identifier.</param>
    public void Forget(string id) => _mails.TryRemove(id, out _);
}
