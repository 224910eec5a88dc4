namespace CkiSdk.Transports.Mail.Accounts;

/// <summary>Remembers the last mails that were handled: mail systems deliver some twice. What is older is handled again, which a transaction bears.</summary>
/// <param name="most">How many to remember.</param>
internal sealed class RecentMails(int most)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Begins to handle a mail.</summary>
    /// <param name="mail">What names it.</param>
    /// <returns>Whether it is the first of its name.</returns>
    public bool TryBegin(string mail)
    {
        lock (_gate)
        {
            if (!_known.Add(mail)) return false;
            _order.Enqueue(mail);
            while (_order.Count > most) _known.Remove(_order.Dequeue());
            return true;
        }
    }

    /// <summary>Lets a mail be handled again that could not be.</summary>
    /// <param name="mail">What names it.</param>
    public void GiveBack(string mail)
    {
        lock (_gate) _known.Remove(mail);
    }
}
