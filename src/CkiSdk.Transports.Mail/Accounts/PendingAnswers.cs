using CkiSdk.Pki.Names;
using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Mail.Mime;

namespace CkiSdk.Transports.Mail.Accounts;

/// <summary>Knows who waits for which answer. An answer counts only from whom the question went to.</summary>
internal sealed class PendingAnswers
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];

    /// <summary>Begins to wait.</summary>
    /// <param name="key">The request.</param>
    /// <param name="messageId">The mail that asks; it begins with the key.</param>
    /// <param name="server">Who is asked.</param>
    /// <returns>The waiter; disposing of it ends the wait.</returns>
    public Waiter Register(string key, string messageId, DistinguishedName server)
    {
        var waiter = new Waiter(this, key, messageId, server);
        lock (_gate) _waiters.Add(waiter);
        return waiter;
    }

    /// <summary>Says whether somebody waits for the answer to a mail.</summary>
    /// <param name="messageId">The mail.</param>
    public bool IsAwaited(string messageId)
    {
        lock (_gate) return _waiters.Exists(waiter => waiter.MessageId == messageId);
    }

    /// <summary>Finds in the identifier of a mail the request that it carries.</summary>
    /// <param name="messageId">The identifier.</param>
    public static string KeyOf(string messageId) => messageId.Split('.', 2)[0];

    /// <summary>Gives an answer to whom it is for: all who sent that request to the one who has signed it.</summary>
    /// <param name="inReplyTo">The mail that is answered.</param>
    /// <param name="content">The answer.</param>
    /// <param name="opened">Who signed it.</param>
    /// <returns>Whether somebody waited for it.</returns>
    public bool Complete(string inReplyTo, MailContent content, OpenedMessage opened)
    {
        lock (_gate)
        {
            var fitting = _waiters.Where(waiter => waiter.Key == KeyOf(inReplyTo) && opened.Sender is { } sender && sender.Name.Equals(waiter.Server)).ToList();
            foreach (var waiter in fitting)
            {
                _waiters.Remove(waiter);
                waiter.Source.TrySetResult((content, opened));
            }

            return fitting.Count > 0;
        }
    }

    /// <summary>Tells whoever waits that the mail with his request could not be delivered.</summary>
    /// <param name="messageId">The mail.</param>
    /// <param name="reason">Why.</param>
    /// <returns>Whether somebody waited.</returns>
    public bool Fail(string messageId, string reason)
    {
        lock (_gate)
        {
            var found = _waiters.FindAll(waiter => waiter.Key == KeyOf(messageId));
            foreach (var waiter in found)
                waiter.Source.TrySetException(new CkiTransportException(CkiTransportFault.Unreachable, $"The mail was not delivered: {Words.Printable(reason)}"));
            return found.Count > 0;
        }
    }

    private void Remove(Waiter waiter)
    {
        lock (_gate) _waiters.Remove(waiter);
    }

    /// <summary>Is somebody who waits.</summary>
    public sealed class Waiter(PendingAnswers all, string key, string messageId, DistinguishedName server) : IDisposable
    {
        /// <summary>Gets the request.</summary>
        public string Key { get; } = key;

        /// <summary>Gets the mail that asks.</summary>
        public string MessageId { get; } = messageId;

        /// <summary>Gets who is asked.</summary>
        public DistinguishedName Server { get; } = server;

        /// <summary>Gets the answer.</summary>
        public Task<(MailContent Content, OpenedMessage Opened)> Answer => Source.Task;

        /// <summary>Gets what completes it.</summary>
        internal TaskCompletionSource<(MailContent Content, OpenedMessage Opened)> Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <inheritdoc/>
        public void Dispose() => all.Remove(this);
    }
}
