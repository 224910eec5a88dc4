using CkiSdk.Transports.Mail.Mime;
using MailKit.Net.Pop3;
using MimeKit;

namespace CkiSdk.Transports.Mail.Servers;

/// <summary>Is a mailbox over POP3, which shows at each connection what was there at its beginning, and deletes at its end.</summary>
internal sealed class Pop3Mailbox : IMailbox
{
    private readonly MailServer _server;
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);
    private Pop3Client _client = new();
    private List<string> _present = [];

    private Pop3Mailbox(MailServer server) => _server = server;

    /// <summary>Opens it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CkiTransportException">It cannot be opened.</exception>
    public static async ValueTask<IMailbox> OpenAsync(MailServer server, CancellationToken cancellationToken)
    {
        var mailbox = new Pop3Mailbox(server);
        await mailbox.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return mailbox;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MailEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var entries = new List<MailEntry>();
        if (_present.All(_listed.Contains)) return entries;
        var sizes = await MailFaults.RunAsync(_server, _client.GetMessageSizesAsync, cancellationToken).ConfigureAwait(false);
        for (var index = 0; index < _present.Count; index++)
        {
            if (_listed.Contains(_present[index])) continue;

            // Each mail has the server's time for itself: whoever fills the mailbox keeps nobody from reading it.
            var place = index;
            var header = await MailFaults.RunAsync(_server, ending => ReadHeaderAsync(place, ending), cancellationToken).ConfigureAwait(false);
            entries.Add(new MailEntry(_present[index], sizes[index], header?[HeaderId.ContentType], null));
            _listed.Add(_present[index]);
        }

        return entries;
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> ReadAsync(string id, int limit, CancellationToken cancellationToken) => MailFaults.RunAsync(
        _server,
        async ending =>
        {
            if (_present.IndexOf(id) is not (>= 0 and var index)) return null;
            using var stream = await _client.GetStreamAsync(index, headersOnly: false, ending).ConfigureAwait(false);
            return (byte[]?)await ReadAtMostAsync(stream, limit, ending).ConfigureAwait(false);
        },
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(IReadOnlyList<string> ids, string? folder, CancellationToken cancellationToken)
    {
        if (folder is not null) return;
        var indexes = ids.Select(id => _present.IndexOf(id)).Where(index => index >= 0).ToList();
        if (indexes.Count == 0) return;
        await MailFaults.RunAsync(_server, ending => _client.DeleteMessagesAsync(indexes, ending), cancellationToken).ConfigureAwait(false);

        // Only its end makes it so.
        await CloseAsync(cancellationToken).ConfigureAwait(false);
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask WaitAsync(TimeSpan interval, CancellationToken interrupt, CancellationToken cancellationToken)
    {
        await CloseAsync(cancellationToken).ConfigureAwait(false);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(interrupt, cancellationToken);
        await Task.Delay(interval, done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await CloseAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (CkiTransportException)
        {
            // It is closed either way.
        }

        _client.Dispose();
    }

    private async Task<HeaderList?> ReadHeaderAsync(int index, CancellationToken cancellationToken)
    {
        using var stream = await _client.GetStreamAsync(index, headersOnly: true, cancellationToken).ConfigureAwait(false);
        return MimeOctets.ReadHeader(await ReadAtMostAsync(stream, MimeOctets.HeaderLimit, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<byte[]> ReadAtMostAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        var octets = new byte[Math.Min(stream.Length, limit)];
        await stream.ReadExactlyAsync(octets, cancellationToken).ConfigureAwait(false);
        return octets;
    }

    private async ValueTask ConnectAsync(CancellationToken cancellationToken)
    {
        _client.Dispose();
        _client = new Pop3Client();
        await MailFaults.RunAsync(
            _server,
            async ending =>
            {
                await MailConnections.ConnectAsync(_client, _server, ending).ConfigureAwait(false);

                // Without identifiers nobody could tell a mail that was dealt with from a new one.
                if (!_client.Capabilities.HasFlag(Pop3Capabilities.UIDL)) throw new Pop3ProtocolException("The server has no UIDL.");
                _present = _client.Count == 0 ? [] : [.. await _client.GetMessageUidsAsync(ending).ConfigureAwait(false)];
            },
            cancellationToken).ConfigureAwait(false);
        _listed.IntersectWith(_present);
    }

    private async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        if (_client.IsConnected) await MailFaults.RunAsync(_server, ending => _client.DisconnectAsync(quit: true, ending), cancellationToken).ConfigureAwait(false);
    }
}
