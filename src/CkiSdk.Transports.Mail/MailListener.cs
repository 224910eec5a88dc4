using CkiSdk.Protocol;
using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Mail.Accounts;
using CkiSdk.Transports.Mail.Mime;
using CkiSdk.Transports.Receipts;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Transports.Mail;

/// <summary>Lets a party be served by mail, as long as its account is open. Several processes may serve one mailbox: a request that two of them answer is still done once, by its transaction.</summary>
public sealed partial class MailListener
{
    private readonly IMessageHandler _party;
    private readonly MailAccount _account;
    private readonly SemaphoreSlim _workers;
    private readonly RecentMails _recent = new(10_000);
    private readonly ILogger _logger;

    private MailListener(IMessageHandler party, MailAccount account, int workers, ILogger logger) =>
        (_party, _account, _workers, _logger) = (party, account, new SemaphoreSlim(workers, workers), logger);

    /// <summary>Starts. It ends with the account: what is being handled then is cancelled, stays in the mailbox, and is handled when somebody serves it again.</summary>
    /// <param name="party">Who handles the messages.</param>
    /// <param name="account">The account, which stays the caller's.</param>
    /// <param name="workers">How many messages are handled at once.</param>
    /// <param name="cancellationToken">Ends the wait for the mailbox.</param>
    /// <returns>When the mailbox is open.</returns>
    /// <exception cref="CkiTransportException">It cannot be opened now. It is tried again until the account is closed, and the party is served then.</exception>
    /// <exception cref="InvalidOperationException">The account is served already.</exception>
    public static async ValueTask StartAsync(IMessageHandler party, MailAccount account, int workers = 4, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(party);
        ArgumentNullException.ThrowIfNull(account);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var listener = new MailListener(party, account, workers, account.LoggerFactory.CreateLogger<MailListener>());
        await account.ServeAsync(listener.ServeAsync, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<MailFate> ServeAsync(MailContent request, OpenedMessage opened, CancellationToken cancellationToken)
    {
        // Of a mail without a name, or by nobody, any other one could be the double.
        var name = request.MessageId is { } id && opened.Sender is { } sender ? $"{id} {sender.Name.Canonical}" : null;
        if (name is not null && !_recent.TryBegin(name)) return MailFate.Done;
        await _workers.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await HandleAsync(request, opened, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (name is not null) _recent.GiveBack(name);
            throw;
        }
        finally
        {
            _workers.Release();
        }
    }

    private async ValueTask<MailFate> HandleAsync(MailContent request, OpenedMessage opened, CancellationToken cancellationToken)
    {
        var message = new DeliveredMessage(request.Octets ?? default, opened.Services, opened.Sender);
        var result = await ReceiptedExchange.HandleAsync(_party, message, cancellationToken).ConfigureAwait(false);
        if (opened.Receives is null || request.MessageId is null || request.From is null)
        {
            // An answer to somebody who proves nothing would go to whomever a header names.
            LogUnanswered(opened.Sender?.Name, "it has no trusted certificate to encrypt to, or no address");
            return MailFate.Failed;
        }

        try
        {
            await _account.AnswerAsync(ContentOf(result, message), request, opened.Receives, cancellationToken).ConfigureAwait(false);
            return result is HandlingResult.Refused ? MailFate.Failed : MailFate.Done;
        }
        catch (Exception exception) when (exception is ArgumentException or CkiTransportException { Fault: CkiTransportFault.Violation })
        {
            // The answer is too long for a mail, or the mail server does not take it: another try would be the same.
            LogUnanswered(opened.Sender?.Name, exception.Message);
            return MailFate.Failed;
        }
    }

    private static MailContent ContentOf(HandlingResult result, DeliveredMessage message)
    {
        var content = new MailContent { MessageId = null, From = null };
        return result switch
        {
            HandlingResult.Answer final => content with { Octets = final.Message },
            HandlingResult.Waiting waiting => content with { Octets = waiting.Message, CheckBack = waiting.NotBefore },
            HandlingResult.Refused refused => content with { Refusal = refused.Text },
            _ => content with { Octets = ReceiptedExchange.Receipt(message.Octets) },
        };
    }

    [LoggerMessage(1, LogLevel.Warning, "A message from {Sender} by mail is not answered: {Reason}")]
    private partial void LogUnanswered(object? sender, string reason);
}
