using System.Globalization;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MimeKit;

namespace CkiSdk.Transports.Mail.Servers;

/// <summary>Is a session with a folder of a mailbox over IMAP.</summary>
internal sealed class ImapMailbox : IMailbox
{
    // Servers end an IDLE after half an hour (RFC 2177 §3), and what stands between them and us much earlier.
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(5);
    private const int Batch = 500;

    private readonly MailServer _server;
    private readonly ImapClient _client = new();
    private IMailFolder _folder = null!;
    private uint _last;
    private volatile bool _hasNews;

    private ImapMailbox(MailServer server) => _server = server;

    /// <summary>Opens a folder.</summary>
    /// <param name="server">The server.</param>
    /// <param name="folder">The folder; null for the inbox.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CkiTransportException">It cannot be opened.</exception>
    public static async ValueTask<IMailbox> OpenAsync(MailServer server, string? folder, CancellationToken cancellationToken)
    {
        var mailbox = new ImapMailbox(server);
        try
        {
            await MailFaults.RunAsync(server, ending => mailbox.OpenFolderAsync(folder, ending), cancellationToken).ConfigureAwait(false);
            return mailbox;
        }
        catch
        {
            mailbox._client.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MailEntry>> ListAsync(CancellationToken cancellationToken)
    {
        _hasNews = false;
        if (_last == 0 && _folder.Count == 0) return [];
        var range = SearchQuery.Uids(new UniqueIdRange(new UniqueId(_last + 1), UniqueId.MaxValue));
        var found = await MailFaults.RunAsync(_server, ending => _folder.SearchAsync(range, ending), cancellationToken).ConfigureAwait(false);
        var entries = new List<MailEntry>();

        // Each part has the server's time for itself: whoever fills the mailbox keeps nobody from reading it.
        foreach (var part in found.Where(id => id.Id > _last).Order().Chunk(Batch))
            entries.AddRange(await MailFaults.RunAsync(_server, ending => DescribeAsync(part, ending), cancellationToken).ConfigureAwait(false));
        return entries;
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> ReadAsync(string id, int limit, CancellationToken cancellationToken) => MailFaults.RunAsync(
        _server,
        async ending =>
        {
            if (Find(id) is not { } known) return null;
            try
            {
                using var stream = await _folder.GetStreamAsync(known, 0, limit, ending).ConfigureAwait(false);
                var octets = new MemoryStream();
                await stream.CopyToAsync(octets, ending).ConfigureAwait(false);
                return octets.ToArray();
            }
            catch (MessageNotFoundException)
            {
                return null;
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask RemoveAsync(IReadOnlyList<string> ids, string? folder, CancellationToken cancellationToken) => MailFaults.RunAsync(
        _server,
        async ending =>
        {
            var known = ids.Select(Find).Where(id => id is not null).Select(id => id!.Value).ToList();
            if (known.Count == 0) return;
            if (folder is not null)
            {
                await _folder.MoveToAsync(known, await RequireFolderAsync(folder, ending).ConfigureAwait(false), ending).ConfigureAwait(false);
                return;
            }

            await _folder.StoreAsync(known, new StoreFlagsRequest(StoreAction.Add, MessageFlags.Deleted) { Silent = true }, ending).ConfigureAwait(false);

            // Without UIDPLUS an expunge would delete what others have marked: the mark has to do then.
            if (_client.Capabilities.HasFlag(ImapCapabilities.UidPlus)) await _folder.ExpungeAsync(known, ending).ConfigureAwait(false);
        },
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask WaitAsync(TimeSpan interval, CancellationToken interrupt, CancellationToken cancellationToken)
    {
        if (_hasNews || interrupt.IsCancellationRequested) return;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(interrupt, cancellationToken);
        if (!_client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await Task.Delay(interval, done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            await MailFaults.RunAsync(_server, _client.NoOpAsync, cancellationToken).ConfigureAwait(false);
            return;
        }

        void Stop(object? sender, EventArgs arguments) => _ = done.CancelAsync();
        _folder.CountChanged += Stop;
        try
        {
            done.CancelAfter(LongestIdle);
            await MailFaults.RunAsync(_server with { Timeout = LongestIdle + _server.Timeout }, ending => _client.IdleAsync(done.Token, ending), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _folder.CountChanged -= Stop;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using (_client)
        {
            try
            {
                await MailFaults.RunAsync(_server with { Timeout = TimeSpan.FromSeconds(2) }, ending => _client.DisconnectAsync(quit: true, ending), CancellationToken.None).ConfigureAwait(false);
            }
            catch (CkiTransportException)
            {
                // It is closed either way.
            }
        }
    }

    private async Task OpenFolderAsync(string? folder, CancellationToken cancellationToken)
    {
        await MailConnections.ConnectAsync(_client, _server, cancellationToken).ConfigureAwait(false);
        _folder = folder is null ? _client.Inbox : await _client.GetFolderAsync(folder, cancellationToken).ConfigureAwait(false);
        _folder.CountChanged += (_, _) => _hasNews = true;
        await _folder.OpenAsync(FolderAccess.ReadWrite, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IEnumerable<MailEntry>> DescribeAsync(UniqueId[] ids, CancellationToken cancellationToken)
    {
        var request = new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.InternalDate | MessageSummaryItems.Flags, [HeaderId.ContentType]);
        var found = await _folder.FetchAsync(ids, request, cancellationToken).ConfigureAwait(false);
        _last = Math.Max(_last, ids[^1].Id);
        return found.Where(mail => mail.Flags is not { } flags || !flags.HasFlag(MessageFlags.Deleted))
            .Select(mail => new MailEntry(Name(mail.UniqueId), mail.Size ?? 0, mail.Headers?[HeaderId.ContentType], mail.InternalDate));
    }

    private string Name(UniqueId id) => $"{_folder.UidValidity.ToString(CultureInfo.InvariantCulture)}:{id.Id.ToString(CultureInfo.InvariantCulture)}";

    // An identifier of before counts only as long as the server says that its numbers are the same.
    private UniqueId? Find(string id) => id.Split(':') is [var validity, var number] && validity == _folder.UidValidity.ToString(CultureInfo.InvariantCulture)
        ? new UniqueId(_folder.UidValidity, uint.Parse(number, CultureInfo.InvariantCulture))
        : null;

    private async Task<IMailFolder> RequireFolderAsync(string name, CancellationToken cancellationToken)
    {
        var top = _client.PersonalNamespaces.Count > 0 ? _client.GetFolder(_client.PersonalNamespaces[0]) : _client.Inbox;
        try
        {
            return await top.GetSubfolderAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (FolderNotFoundException)
        {
            return await top.CreateAsync(name, isMessageFolder: true, cancellationToken).ConfigureAwait(false)
                ?? throw new FolderNotFoundException(name);
        }
    }
}
