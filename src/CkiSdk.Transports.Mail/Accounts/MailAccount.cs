using System.Security.Cryptography;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol;
using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Mail.Mime;
using CkiSdk.Transports.Mail.Servers;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Transports.Mail.Accounts;

/// <summary>Is an account of mail of a party: any number of clients and one listener send by it and share its mailbox.</summary>
/// <remarks>
/// Mail that is not for this party stays as it is, unread marks included. A request is taken away when its answer was handed over to the mail server, an answer when whoever waited has
/// it; until then, and whatever is cut off, it stays and comes again. By whom a message is, its signature says and no header.
/// </remarks>
public sealed class MailAccount : IAsyncDisposable
{
    // Octets around what is signed and sealed: certificates, and base64 between the two.
    private const int Around = 128 * 1024;

    private readonly MailAccountOptions _options;
    private readonly IPostOffice _office;
    private readonly CmsProtection _protection;
    private readonly PendingAnswers _pending = new();
    private readonly SentRequests _sent;
    private readonly MailReader _reader;
    private Func<MailContent, OpenedMessage, CancellationToken, ValueTask<MailFate>>? _serve;

    /// <summary>Opens the account; nothing is read before somebody asks or serves.</summary>
    /// <param name="options">The configuration.</param>
    /// <exception cref="ArgumentException">The address or a server is none, a connection in plain would leave the machine, or the identity has no anchor or two names.</exception>
    public MailAccount(MailAccountOptions options)
        : this(options, OfficeOf((options ?? throw new ArgumentNullException(nameof(options))).Outgoing, Able(options.Incoming, options.MessageLimit), options.Protocol, options.Folder))
    {
    }

    /// <summary>Opens the account at any post office.</summary>
    internal MailAccount(MailAccountOptions options, IPostOffice office)
    {
        if (!MailAddress.IsUsable(options.Address)) throw new ArgumentException($"'{options.Address}' is no address of mail.", nameof(options));
        (_options, _office) = (options, office);
        _protection = new CmsProtection(options.Identity with { MessageLimit = (2 * options.MessageLimit) + Around }, MailContentFraming.Nesting);
        _sent = new SentRequests(options.ResendAfter, options.Time);
        _reader = new MailReader(office, options, JudgeAsync);
    }

    /// <summary>Gets the address.</summary>
    public string Address => _options.Address;

    /// <summary>Tries both servers, the outgoing one without sending anything.</summary>
    /// <param name="outgoing">The server that takes mail.</param>
    /// <param name="incoming">The server that holds the mailbox.</param>
    /// <param name="protocol">How the mailbox is read.</param>
    /// <param name="folder">The folder that is read, over IMAP; null for the inbox.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">A server is none, or a connection in plain would leave the machine.</exception>
    /// <exception cref="CkiTransportException">One of them cannot be used; the text says which and why.</exception>
    public static async ValueTask ProbeAsync(MailServer outgoing, MailServer incoming, MailboxProtocol protocol = MailboxProtocol.Imap, string? folder = null, CancellationToken cancellationToken = default)
    {
        await using var office = OfficeOf(outgoing, incoming, protocol, folder);
        await office.ProbeAsync(cancellationToken).ConfigureAwait(false);
        await using var mailbox = await office.OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync().ConfigureAwait(false);
        await _office.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Gets the octets that a message may have.</summary>
    internal int MessageLimit => _options.MessageLimit;

    /// <summary>Gets where to tell what happens.</summary>
    internal ILoggerFactory LoggerFactory => _options.LoggerFactory;

    /// <summary>Sends octets to a party and waits for its answer.</summary>
    /// <param name="octets">A request; none, or a digest, for a question about announcements.</param>
    /// <param name="isRequest">Whether an answer that comes late may answer the same octets when they are sent again.</param>
    /// <param name="address">The party's address.</param>
    /// <param name="server">The certificate to encrypt to; its subject alone may answer.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CkiTransportException">The mail could not be sent, or no answer came in time.</exception>
    internal async ValueTask<(MailContent Content, OpenedMessage Opened)> AskAsync(
        ReadOnlyMemory<byte> octets, bool isRequest, string address, Certificate server, TimeSpan patience, CancellationToken cancellationToken)
    {
        await _reader.ReadyAsync(cancellationToken).ConfigureAwait(false);
        var key = isRequest ? KeyOf(octets, server) : NewToken();
        using var waiter = _pending.Register(key, NewMessageId(key), server.Subject);
        if (isRequest) _reader.Revisit(key);
        if (!isRequest || _sent.TryBegin(key)) await SendAsync(key, new MailContent { Octets = octets, MessageId = waiter.MessageId, From = Address }, address, server, cancellationToken).ConfigureAwait(false);
        try
        {
            return await waiter.Answer.WaitAsync(patience, _options.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new CkiTransportException(CkiTransportFault.TimedOut, $"There was no answer from {address} within {patience}.", exception);
        }
    }

    /// <summary>Lets requests that arrive be handled.</summary>
    /// <param name="serve">Handles one and answers it; an exception leaves it for another try.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">Somebody serves the account already.</exception>
    /// <exception cref="CkiTransportException">The mailbox cannot be opened now; it is tried again.</exception>
    internal async ValueTask ServeAsync(Func<MailContent, OpenedMessage, CancellationToken, ValueTask<MailFate>> serve, CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _serve, serve, null) is not null) throw new InvalidOperationException($"{Address} is served already.");
        await _reader.ReadyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Answers a request.</summary>
    /// <param name="answer">The answer; its identifiers are set here.</param>
    /// <param name="request">What it answers.</param>
    /// <param name="receives">The certificate to encrypt to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CkiTransportException">The mail could not be sent.</exception>
    internal ValueTask AnswerAsync(MailContent answer, MailContent request, Certificate receives, CancellationToken cancellationToken) => SendAsync(
        answer with { MessageId = NewMessageId(NewToken()), InReplyTo = request.MessageId, From = Address }, request.From!, receives, cancellationToken);

    // A mail comes as the answer to one command.
    private static MailServer Able(MailServer incoming, int messageLimit) =>
        incoming is null ? throw new ArgumentNullException(nameof(incoming)) : incoming with { ResponseLimit = Math.Max(incoming.ResponseLimit, 2L * MailFraming.Limit(messageLimit)) };

    private static MailServers OfficeOf(MailServer outgoing, MailServer incoming, MailboxProtocol protocol, string? folder)
    {
        outgoing.Validate(nameof(outgoing));
        incoming.Validate(nameof(incoming));
        return new MailServers(outgoing, incoming, protocol, folder);
    }

    private async ValueTask SendAsync(string key, MailContent content, string to, Certificate recipient, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(content, to, recipient, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException exception) when (CmsProtection.IsAboutRecipient(exception))
        {
            _sent.End(key);
            throw CmsProtection.NotTrusted(exception);
        }
        catch
        {
            _sent.End(key);
            throw;
        }
    }

    private async ValueTask SendAsync(MailContent content, string to, Certificate recipient, CancellationToken cancellationToken)
    {
        var cms = await _protection.ProtectAsync(MailContentFraming.Write(content), recipient, cancellationToken).ConfigureAwait(false);
        var mail = MailFraming.Write(cms, Address, to, content.MessageId!, content.InReplyTo, _options.Time.GetUtcNow());
        await _office.SendAsync(mail, Address, to, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<MailVerdict> JudgeAsync(MailEntry entry, byte[] octets, CancellationToken cancellationToken)
    {
        switch (MailFraming.Read(octets, MessageLimit))
        {
            case ArrivedMail.Bounce bounce:
                if (!_pending.Fail(bounce.MessageId, bounce.Reason)) return MailVerdict.Left;
                _sent.End(PendingAnswers.KeyOf(bounce.MessageId));
                return MailVerdict.Done;
            case ArrivedMail.Plain { Content: { InReplyTo: null } content }:
                return await ServeAsync(content, new OpenedMessage(content.Octets!.Value, SecurityServices.None, null, null), cancellationToken).ConfigureAwait(false);
            case ArrivedMail.Protected arrived when await _protection.OpenAsync(arrived.Cms, cancellationToken).ConfigureAwait(false) is { } opened:
                return MailContentFraming.Read(opened.Octets, MessageLimit) is { } inside
                    ? await JudgeAsync(entry, inside, arrived.Around, opened, cancellationToken).ConfigureAwait(false)
                    : MailVerdict.Left;
            default:
                return MailVerdict.Left;
        }
    }

    private async ValueTask<MailVerdict> JudgeAsync(MailEntry entry, MailContent content, MailContent around, OpenedMessage opened, CancellationToken cancellationToken)
    {
        // The fields around count only beside what has none of its own.
        if (content.MessageId is null) content = content with { MessageId = around.MessageId, From = content.From ?? around.From, InReplyTo = content.InReplyTo ?? AnswersUs(around.InReplyTo) };
        if (content.InReplyTo is not { } question) return await ServeAsync(content with { From = content.From ?? around.From }, opened, cancellationToken).ConfigureAwait(false);
        if (opened.Sender is null) return MailVerdict.Left;
        if (_pending.Complete(question, content, opened))
        {
            _sent.End(PendingAnswers.KeyOf(question));
            return MailVerdict.Done;
        }

        var end = (entry.Arrived ?? _options.Time.GetUtcNow()) + _options.Keep;
        return end > _options.Time.GetUtcNow() ? new MailVerdict(MailFate.Due, end, PendingAnswers.KeyOf(question)) : MailVerdict.Done;
    }

    private string? AnswersUs(string? inReplyTo) => inReplyTo is not null && _pending.IsAwaited(inReplyTo) ? inReplyTo : null;

    private async ValueTask<MailVerdict> ServeAsync(MailContent request, OpenedMessage opened, CancellationToken cancellationToken) =>
        _serve is { } serve ? new MailVerdict(await serve(request, opened, cancellationToken).ConfigureAwait(false)) : MailVerdict.Left;

    private string NewMessageId(string key) => $"{key}.{NewToken()}@{Address.Split('@')[1]}";

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    // The same for the same request to the same party, and for nothing else.
    private static string KeyOf(ReadOnlyMemory<byte> octets, Certificate server) => Convert.ToHexStringLower(SHA256.HashData([.. SHA256.HashData(server.Subject.Encoded.Span), .. SHA256.HashData(octets.Span)]))[..32];
}
