using System.Collections.Concurrent;
using CkiSdk.Transports.Mail.Mime;
using CkiSdk.Transports.Mail.Servers;
using MimeKit;

namespace CkiSdk.Transports.Mail.Tests.Memory;

/// <summary>A mail system in memory, which loses, doubles, delays and cuts as a test says. Mails stay until somebody removes them.</summary>
internal sealed class MemoryPost
{
    private readonly ConcurrentDictionary<string, Box> _boxes = new(StringComparer.OrdinalIgnoreCase);
    private int _sent;
    private int _steps;

    /// <summary>Gets or sets how often a mail arrives, by its number; usually once.</summary>
    public Func<int, int> Copies { get; set; } = _ => 1;

    /// <summary>Gets or sets whether a step with a mailbox fails as when the connection is cut, by its number.</summary>
    public Func<int, bool> Cuts { get; set; } = _ => false;

    /// <summary>Gets or sets whether nothing may be taken out of a mailbox.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>Gets or sets whether it is said when a mail arrived, which POP3 does not.</summary>
    public bool TellsArrival { get; set; } = true;

    /// <summary>Gets or sets what happens to a mail on its way.</summary>
    public Func<byte[], byte[]> Changes { get; set; } = mail => mail;

    public Box this[string address] => _boxes.GetOrAdd(address, _ => new Box());

    public IPostOffice OfficeOf(string address) => new Office(this, address);

    /// <summary>Puts a mail into a mailbox.</summary>
    public void Deliver(string to, byte[] mail) => this[to].Add(mail);

    private void Step()
    {
        if (Cuts(Interlocked.Increment(ref _steps))) throw new CkiTransportException(CkiTransportFault.Cut, "the connection was cut");
    }

    /// <summary>A mailbox.</summary>
    internal sealed class Box
    {
        private int _last;

        public event EventHandler? Changed;

        public ConcurrentDictionary<string, byte[]> Mails { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, byte[]> Failed { get; } = new(StringComparer.Ordinal);

        public void Add(byte[] mail)
        {
            Mails[Interlocked.Increment(ref _last).ToString("D8", null)] = mail;
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    private sealed class Office(MemoryPost post, string address) : IPostOffice
    {
        public ValueTask<IMailbox> OpenAsync(CancellationToken cancellationToken)
        {
            post.Step();
            return ValueTask.FromResult<IMailbox>(new Mailbox(post, post[address]));
        }

        public async ValueTask SendAsync(ReadOnlyMemory<byte> mail, string from, string to, CancellationToken cancellationToken)
        {
            await Task.Yield();
            var copies = post.Copies(Interlocked.Increment(ref post._sent));
            for (var i = 0; i < copies; i++) post.Deliver(to, post.Changes(mail.ToArray()));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Mailbox(MemoryPost post, Box box) : IMailbox
    {
        private readonly HashSet<string> _listed = new(StringComparer.Ordinal);

        public ValueTask<IReadOnlyList<MailEntry>> ListAsync(CancellationToken cancellationToken)
        {
            post.Step();
            return ValueTask.FromResult<IReadOnlyList<MailEntry>>(
                [.. box.Mails.Where(mail => _listed.Add(mail.Key)).Select(mail => new MailEntry(mail.Key, mail.Value.Length, MimeOctets.ReadHeader(mail.Value)?[HeaderId.ContentType], post.TellsArrival ? DateTimeOffset.UtcNow : null))]);
        }

        public ValueTask<byte[]?> ReadAsync(string id, int limit, CancellationToken cancellationToken)
        {
            post.Step();
            return ValueTask.FromResult(box.Mails.TryGetValue(id, out var mail) ? mail[..Math.Min(limit, mail.Length)] : null);
        }

        public ValueTask RemoveAsync(IReadOnlyList<string> ids, string? folder, CancellationToken cancellationToken)
        {
            post.Step();
            if (post.IsReadOnly) throw new CkiTransportException(CkiTransportFault.Violation, "the mailbox cannot be changed");
            foreach (var id in ids)
            {
                if (box.Mails.TryRemove(id, out var mail) && folder is not null) box.Failed[id] = mail;
            }

            return ValueTask.CompletedTask;
        }

        public async ValueTask WaitAsync(TimeSpan interval, CancellationToken interrupt, CancellationToken cancellationToken)
        {
            var news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void Tell(object? sender, EventArgs arguments) => news.TrySetResult();
            box.Changed += Tell;
            using var ending = interrupt.Register(() => news.TrySetResult());
            if (!box.Mails.Keys.All(_listed.Contains)) news.TrySetResult();
            await news.Task.WaitAsync(TimeSpan.FromSeconds(5), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            box.Changed -= Tell;
            cancellationToken.ThrowIfCancellationRequested();
            post.Step();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
