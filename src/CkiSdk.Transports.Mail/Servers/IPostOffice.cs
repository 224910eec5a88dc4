namespace CkiSdk.Transports.Mail.Servers;

/// <summary>Is where an account of mail is held: it takes mail to send, and opens the mailbox.</summary>
internal interface IPostOffice : IAsyncDisposable
{
    /// <summary>Opens the mailbox.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CkiTransportException">It cannot be opened.</exception>
    ValueTask<IMailbox> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Hands a mail over; when it returns, the server is responsible for it.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="from">The sender's address, to which failures are reported.</param>
    /// <param name="to">The recipient's address.</param>
    /// <param name="cancellationToken">Ends it; the mail may have been sent nevertheless.</param>
    /// <exception cref="CkiTransportException">The server did not take it.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> mail, string from, string to, CancellationToken cancellationToken);
}
