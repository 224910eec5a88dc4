namespace CkiSdk.Transports.Mail.Servers;

/// <summary>Is one session with a mailbox. After any exception it is of no use any more.</summary>
internal interface IMailbox : IAsyncDisposable
{
    /// <summary>Lists mails that this session has not listed yet, those that are there already at the first time.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    ValueTask<IReadOnlyList<MailEntry>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Reads a mail; it stays as it is, unread marks included.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="limit">The octets to read at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The mail, or its beginning; null where it is gone.</returns>
    ValueTask<byte[]?> ReadAsync(string id, int limit, CancellationToken cancellationToken);

    /// <summary>Takes mails away.</summary>
    /// <param name="ids">Their identifiers.</param>
    /// <param name="folder">Where they go; null to delete them. What has no folders leaves them where they are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>When the server has done it.</returns>
    ValueTask RemoveAsync(IReadOnlyList<string> ids, string? folder, CancellationToken cancellationToken);

    /// <summary>Waits until there may be new mail.</summary>
    /// <param name="interval">How often to look where the server tells nothing by itself.</param>
    /// <param name="interrupt">Ends the wait early, and in order.</param>
    /// <param name="cancellationToken">Ends it.</param>
    ValueTask WaitAsync(TimeSpan interval, CancellationToken interrupt, CancellationToken cancellationToken);
}
