using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol.Client;

/// <summary>Holds the rule that the times of a sender's messages rise strictly (profile section 4, Order).</summary>
/// <remarks>
/// Announcements and answers come by different ways and may overtake each other, and so may the answers to requests that were in flight at the same time. So announcements
/// have an order of their own, and the answer to a request comes after those that were taken before the request was made.
/// </remarks>
/// <param name="last">The time that the first message must be after.</param>
internal sealed class MessageOrder(DateTimeOffset last)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _last = last;

    /// <summary>Gets the time of the message taken last.</summary>
    public DateTimeOffset Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>Makes a time the last, if it is later.</summary>
    public void Raise(DateTimeOffset sent)
    {
        lock (_gate)
        {
            _last = sent > _last ? sent : _last;
        }
    }

    /// <summary>Takes the time of an earlier run back. The last message of that run may come once more, because nobody knows whether it was acknowledged; it changes nothing.</summary>
    public void Restore(DateTimeOffset last)
    {
        lock (_gate)
        {
            _last = last > DateTimeOffset.MinValue ? last.AddTicks(-1) : last;
        }
    }

    /// <summary>Refuses a time that is not after that of the message taken last.</summary>
    public void Check(DateTimeOffset sent)
    {
        lock (_gate)
        {
            Require(sent);
        }
    }

    /// <summary>Refuses such a time, or makes it the last. Called when everything else about the message is right, so that a bad one holds up no good one.</summary>
    public void Take(DateTimeOffset sent)
    {
        lock (_gate)
        {
            Require(sent);
            _last = sent;
        }
    }

    private void Require(DateTimeOffset sent)
    {
        if (sent <= _last)
        {
            throw new CkiProtocolException(PKIFailureInfo.BadMessageCheck, $"header.messageTime: {sent:u} is not after that of the message before (profile section 4).");
        }
    }
}
