using System.Collections.Concurrent;
using System.Security.Cryptography;
using CkiSdk.Protocol;
using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Receipts;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Transports.Spool;

/// <summary>Carries messages as files through the spool of a server, in plain or as CMS (CKI profile section 7).</summary>
/// <remarks>
/// What the server took and has no answer to, it receipts by the SHA-256 of the message. A request without an answer stays in the spool as long as the transport lives, and the same request waits for the same answer. Refusals and the times to ask again are words of whoever may write into the folder.
/// </remarks>
public sealed class SpoolTransport : ICkiTransport
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly SpoolTransportOptions _options;
    private readonly SpoolPlace _spool;
    private readonly SpoolContent _content;
    private readonly ReceiptedAnnouncements _announcements;
    private readonly ConcurrentDictionary<string, string> _unanswered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _answered = new(StringComparer.Ordinal);

    /// <summary>Makes the transport; the spool is used when something is sent.</summary>
    /// <param name="options">The configuration.</param>
    /// <exception cref="ArgumentException">There is an identity, but no certificate of the server's, or no anchor.</exception>
    public SpoolTransport(SpoolTransportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Identity is not null && options.ServerCertificate is null) throw new ArgumentException("Requests need a certificate of the server's to be encrypted to.", nameof(options));
        _options = options;
        _content = new SpoolContent(options.Identity, options.MessageLimit);
        _spool = options.Place;
        _announcements = new ReceiptedAnnouncements(AskOnceAsync, _spool);
    }

    /// <inheritdoc/>
    public async ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
    {
        if (request.IsEmpty) throw new ArgumentException("The request is empty.", nameof(request));
        return await AskAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default) =>
        _announcements.NextAsync(acknowledgesPrevious, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var key in _unanswered.Keys) await WithdrawAsync(key).ConfigureAwait(false);
        await ForgetAsync([.. _answered.Keys], Farewell, CancellationToken.None).ConfigureAwait(false);
        await _spool.DisposeAsync().ConfigureAwait(false);
        _announcements.Dispose();
    }

    private async ValueTask<TransportAnswer> AskAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_content.IsPlain && content.Length > _options.MessageLimit)
            throw new ArgumentException($"The request has {content.Length} octets; a file carries at most {_options.MessageLimit}.", nameof(content));
        var key = Key(content);
        try
        {
            var name = await SendAsync(key, content, cancellationToken).ConfigureAwait(false);
            _unanswered[key] = name;
            var found = await WaitAsync(name, cancellationToken).ConfigureAwait(false);
            _unanswered.TryRemove(key, out _);
            return await ReadAsync(name, content, found, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var fault = exception.InnerException is OperationCanceledException ? CkiTransportFault.TimedOut : CkiTransportFault.Unreachable;
            throw new CkiTransportException(fault, $"The spool {_spool} cannot be used: {exception.Message}", exception);
        }
    }

    // An answer goes when its message has gone: else whoever takes the message over, because the one before died between the two, would handle it again. Where that takes longer, as with a listener that stands still, later answers and the end of the transport come back to it; what stays then goes away with time.
    private async ValueTask ForgetAsync(string name, CancellationToken cancellationToken)
    {
        _answered[name] = true;
        await ForgetAsync([name], Moment * 20, cancellationToken).ConfigureAwait(false);
        await ForgetAsync([.. _answered.Keys], TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ForgetAsync(IReadOnlyCollection<string> names, TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var begun = _options.Time.GetTimestamp(); ;)
        {
            foreach (var name in names) await TryForgetAsync(name, cancellationToken).ConfigureAwait(false);
            if (!names.Any(_answered.ContainsKey) || _options.Time.GetElapsedTime(begun) >= patience) return;
            await Task.Delay(Moment, _options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask TryForgetAsync(string name, CancellationToken cancellationToken)
    {
        if (!_answered.ContainsKey(name)) return;
        try
        {
            await _spool.WithdrawAsync(name, cancellationToken).ConfigureAwait(false);
            if (await _spool.IsWaitingAsync(name, cancellationToken).ConfigureAwait(false)) return;
            await _spool.ForgetAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The answer itself is here.
        }

        _answered.TryRemove(name, out _);
    }

    // An answer to a question for announcements is of its moment: it is not waited for another time.
    private async ValueTask<TransportAnswer> AskOnceAsync(ReadOnlyMemory<byte> question, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(question, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await WithdrawAsync(Key(question)).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask WithdrawAsync(string key)
    {
        if (!_unanswered.TryRemove(key, out var name)) return;
        try
        {
            await _spool.WithdrawAsync(name, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It stays, is answered, and its answer goes away with time.
        }
    }

    private static string Key(ReadOnlyMemory<byte> content) => Convert.ToHexString(SHA256.HashData(content.Span));

    // What was asked before and has no answer yet is not asked a second time: who serves the spool may be away for days.
    private async ValueTask<string> SendAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (_unanswered.TryRemove(key, out var before)
            && (await _spool.IsWaitingAsync(before, cancellationToken).ConfigureAwait(false) || await _spool.ReadAsync(before, limit: 0, cancellationToken).ConfigureAwait(false) is not null))
            return before;
        var octets = await WriteAsync(content, cancellationToken).ConfigureAwait(false);
        var name = SpoolNames.New(_options.Time.GetUtcNow());
        await _spool.SendAsync(name, octets, cancellationToken).ConfigureAwait(false);
        return name;
    }

    private async ValueTask<ReadOnlyMemory<byte>> WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            return await _content.WriteAsync(content, _options.ServerCertificate, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException exception) when (CmsProtection.IsAboutRecipient(exception))
        {
            throw CmsProtection.NotTrusted(exception);
        }
    }

    private async ValueTask<SpoolReply> WaitAsync(string name, CancellationToken cancellationToken)
    {
        var end = _options.Time.GetUtcNow() + _options.AnswerTimeout;
        TimeSpan? pause = null;
        while (true)
        {
            if (await _spool.ReadAsync(name, _content.Limit, cancellationToken).ConfigureAwait(false) is { } found) return found;
            if (_options.Time.GetUtcNow() >= end)
                throw new CkiTransportException(CkiTransportFault.TimedOut, $"There was no answer to {name} in {_spool} within {_options.AnswerTimeout}.");
            pause = _spool.Next(_options.Interval, pause);
            await Task.Delay(pause.Value, _options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<TransportAnswer> ReadAsync(
        string name, ReadOnlyMemory<byte> question, SpoolReply found, CancellationToken cancellationToken)
    {
        if (found.Answer is not { } octets) return new TransportAnswer { Services = SecurityServices.None, Peer = null, Refusal = TcpCkiTransport.Printable(found.Refusal ?? "") };
        var opened = await _content.ReadAsync(octets, cancellationToken).ConfigureAwait(false);
        await ForgetAsync(name, cancellationToken).ConfigureAwait(false);
        if (opened is null) throw new CkiTransportException(CkiTransportFault.Violation, $"The answer to {name} in {_spool} is not one that can be read here.");
        var answer = new TransportAnswer { Services = opened.Services, Peer = opened.Sender };
        return ReceiptedExchange.IsReceipt(opened.Octets, question) ? answer : answer with { Message = opened.Octets, CheckBack = found.CheckBack };
    }
}
