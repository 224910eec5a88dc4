using MailKit.Net.Smtp;
using MimeKit;

namespace CkiSdk.Transports.Mail.Servers;

/// <summary>Sends mails over one connection, which is kept for a while.</summary>
/// <param name="server">The server.</param>
internal sealed class SmtpSender(MailServer server) : IAsyncDisposable
{
    // What is older may have been closed by the other side; what is young enough is worth a try.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private SmtpClient? _client;
    private long _usedAt;

    /// <summary>Sends a mail.</summary>
    /// <param name="octets">The mail.</param>
    /// <param name="from">The sender's address.</param>
    /// <param name="to">The recipient's address.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CkiTransportException">The server did not take it.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> octets, string from, string to, CancellationToken cancellationToken)
    {
        using var mail = await MimeMessage.LoadAsync(new MemoryStream(octets.ToArray()), cancellationToken).ConfigureAwait(false);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var isKept = _client is not null && TimeProvider.System.GetElapsedTime(_usedAt) < Fresh;
            if (!isKept) await CloseAsync().ConfigureAwait(false);
            try
            {
                await SendOnceAsync(mail, from, to, cancellationToken).ConfigureAwait(false);
            }
            catch (CkiTransportException exception) when (isKept && exception.Fault is CkiTransportFault.Cut)
            {
                // A connection that was closed meanwhile says nothing about the server; should the mail have arrived, it arrives twice, which does no harm.
                await SendOnceAsync(mail, from, to, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _usedAt = TimeProvider.System.GetTimestamp();
            _turn.Release();
        }
    }

    /// <summary>Connects to the server and authenticates.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CkiTransportException">It cannot be used.</exception>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        using var client = new SmtpClient();
        await MailFaults.RunAsync(server, ending => MailConnections.ConnectAsync(client, server, ending), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private async ValueTask SendOnceAsync(MimeMessage mail, string from, string to, CancellationToken cancellationToken)
    {
        var client = _client;
        try
        {
            if (client is null)
            {
                _client = client = new SmtpClient();
                await MailFaults.RunAsync(server, ending => MailConnections.ConnectAsync(client, server, ending), cancellationToken).ConfigureAwait(false);
            }

            await MailFaults.RunAsync(
                server, ending => client.SendAsync(mail, new MailboxAddress(null, from), [new MailboxAddress(null, to)], ending), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _client = null;
            client?.Dispose();
            throw;
        }
    }

    private async ValueTask CloseAsync()
    {
        if (_client is not { } client) return;
        _client = null;
        using (client)
        {
            try
            {
                await MailFaults.RunAsync(server with { Timeout = TimeSpan.FromSeconds(2) }, ending => client.DisconnectAsync(quit: true, ending), CancellationToken.None).ConfigureAwait(false);
            }
            catch (CkiTransportException)
            {
                // It is closed either way.
            }
        }
    }
}
