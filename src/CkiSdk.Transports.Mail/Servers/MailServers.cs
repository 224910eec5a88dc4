namespace CkiSdk.Transports.Mail.Servers;

/// <summary>Is an account on real servers: SMTP out, IMAP or POP3 in.</summary>
/// <param name="outgoing">The server that takes mail.</param>
/// <param name="incoming">The server that holds the mailbox.</param>
/// <param name="protocol">How the mailbox is read.</param>
/// <param name="folder">The folder of an IMAP mailbox; null for the inbox.</param>
internal sealed class MailServers(MailServer outgoing, MailServer incoming, MailboxProtocol protocol, string? folder) : IPostOffice
{
    private readonly SmtpSender _sender = new(outgoing);

    /// <inheritdoc/>
    public ValueTask<IMailbox> OpenAsync(CancellationToken cancellationToken) =>
        protocol == MailboxProtocol.Imap ? ImapMailbox.OpenAsync(incoming, folder, cancellationToken) : Pop3Mailbox.OpenAsync(incoming, cancellationToken);

    /// <inheritdoc/>
    public ValueTask SendAsync(ReadOnlyMemory<byte> mail, string from, string to, CancellationToken cancellationToken) => _sender.SendAsync(mail, from, to, cancellationToken);

    /// <summary>Connects to the outgoing server and authenticates.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CkiTransportException">It cannot be used.</exception>
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => _sender.ProbeAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _sender.DisposeAsync();
}
