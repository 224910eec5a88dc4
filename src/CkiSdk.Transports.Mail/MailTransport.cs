using CkiSdk.Protocol;
using CkiSdk.Transports.Mail.Accounts;
using CkiSdk.Transports.Mail.Mime;
using CkiSdk.Transports.Receipts;

namespace CkiSdk.Transports.Mail;

/// <summary>Carries messages to a party as mail, signed and encrypted by S/MIME (CKI profile section 7).</summary>
public sealed class MailTransport : ICkiTransport
{
    private readonly MailAccount _account;
    private readonly MailTransportOptions _options;
    private readonly ReceiptedAnnouncements _announcements;

    /// <summary>Makes it.</summary>
    /// <param name="account">The account; whose it is, the options say.</param>
    /// <param name="options">The configuration.</param>
    /// <exception cref="ArgumentException">The server's address is none.</exception>
    public MailTransport(MailAccount account, MailTransportOptions options)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(options);
        if (!MailAddress.IsUsable(options.ServerAddress)) throw new ArgumentException($"'{options.ServerAddress}' is no address of mail.", nameof(options));
        (_account, _options) = (account, options);
        _announcements = new ReceiptedAnnouncements((question, cancellationToken) => AskAsync(question, isRequest: false, cancellationToken), options.ServerAddress);
    }

    /// <inheritdoc/>
    public ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
    {
        if (request.IsEmpty) throw new ArgumentException("The request is empty.", nameof(request));
        return request.Length <= _account.MessageLimit
            ? AskAsync(request, isRequest: true, cancellationToken)
            : throw new ArgumentException($"The request has {request.Length} octets; a mail carries at most {_account.MessageLimit}.", nameof(request));
    }

    /// <inheritdoc/>
    public ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default) =>
        _announcements.NextAsync(acknowledgesPrevious, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _announcements.Dispose();
        return _options.EndsAccount ? _account.DisposeAsync() : ValueTask.CompletedTask;
    }

    private async ValueTask<TransportAnswer> AskAsync(ReadOnlyMemory<byte> content, bool isRequest, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (said, opened) = await _account.AskAsync(content, isRequest, _options.ServerAddress, _options.ServerCertificate, _options.AnswerTimeout, cancellationToken).ConfigureAwait(false);
        var answer = new TransportAnswer { Services = opened.Services, Peer = opened.Sender };
        if (said.Octets is not { } octets) return answer with { Refusal = Words.Printable(said.Refusal ?? "") };
        return ReceiptedExchange.IsReceipt(octets, content) ? answer : answer with { Message = octets, CheckBack = said.CheckBack };
    }
}
