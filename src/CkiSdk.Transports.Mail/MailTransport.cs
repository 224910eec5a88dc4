using System.Security.Cryptography;
using CkiSdk.Protocol;
using CkiSdk.Transports.Mail.Accounts;
using CkiSdk.Transports.Mail.Mime;

namespace CkiSdk.Transports.Mail;

/// <summary>Carries messages to a party as mail, signed and encrypted by S/MIME (CKI profile section 7).</summary>
/// <remarks>
/// What the server took and has no answer to, it receipts by the SHA-256 of the message. A question for the oldest announcement is an empty content, or the SHA-256 of the announcement
/// before, which is done with; neither is a PKIMessage.
/// </remarks>
public sealed class MailTransport : ICkiTransport
{
    private readonly MailAccount _account;
    private readonly MailTransportOptions _options;
    private readonly SemaphoreSlim _asking = new(1, 1);
    private ReadOnlyMemory<byte>? _unacknowledged;

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
    public async ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default)
    {
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ReadOnlyMemory<byte> question = acknowledgesPrevious && _unacknowledged is { } previous ? SHA256.HashData(previous.Span) : default;
            var answer = await AskAsync(question, isRequest: false, cancellationToken).ConfigureAwait(false);
            if (answer.Refusal is { } refusal) throw new CkiTransportException(CkiTransportFault.Violation, $"{_options.ServerAddress} has no announcements to give: {refusal}");
            _unacknowledged = answer.Message;
            return answer.Message is { } octets ? new DeliveredMessage(octets, answer.Services, answer.Peer) : null;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _asking.Dispose();
        return _options.EndsAccount ? _account.DisposeAsync() : ValueTask.CompletedTask;
    }

    private async ValueTask<TransportAnswer> AskAsync(ReadOnlyMemory<byte> content, bool isRequest, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (said, opened) = await _account.AskAsync(content, isRequest, _options.ServerAddress, _options.ServerCertificate, _options.AnswerTimeout, cancellationToken).ConfigureAwait(false);
        var answer = new TransportAnswer { Services = opened.Services, Peer = opened.Sender };
        if (said.Octets is not { } octets) return answer with { Refusal = Words.Printable(said.Refusal ?? "") };
        return octets.Span.SequenceEqual(SHA256.HashData(content.Span)) ? answer : answer with { Message = octets, CheckBack = said.CheckBack };
    }
}
