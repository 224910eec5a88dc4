using System.Security.Cryptography;
using CkiSdk.Protocol;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Transports.Spool;

/// <summary>Carries messages as files through the spool of a server, in plain or as CMS (CKI profile section 7).</summary>
/// <remarks>
/// What the server took and has no answer to, it receipts by the SHA-256 of the message. A question for the oldest announcement is an empty content, or the SHA-256 of the announcement
/// before, which is done with; neither is a PKIMessage. Refusals and the times to ask again are words of whoever may write into the folder.
/// </remarks>
public sealed class SpoolTransport : ICkiTransport
{
    private readonly SpoolTransportOptions _options;
    private readonly SpoolFolder _spool;
    private readonly SpoolContent _content;
    private readonly SemaphoreSlim _asking = new(1, 1);
    private ReadOnlyMemory<byte>? _unacknowledged;

    /// <summary>Opens the spool.</summary>
    /// <param name="options">The configuration.</param>
    /// <exception cref="ArgumentException">There is an identity, but no certificate of the server's, or no anchor.</exception>
    /// <exception cref="IOException">The folders are not there and cannot be made.</exception>
    public SpoolTransport(SpoolTransportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Identity is not null && options.ServerCertificate is null) throw new ArgumentException("Requests need a certificate of the server's to be encrypted to.", nameof(options));
        _options = options;
        _content = new SpoolContent(options.Identity, options.MessageLimit);
        _spool = new SpoolFolder(options.Folder);
    }

    /// <inheritdoc/>
    public async ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
    {
        if (request.IsEmpty) throw new ArgumentException("The request is empty.", nameof(request));
        return await AskAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default)
    {
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ReadOnlyMemory<byte> question = acknowledgesPrevious && _unacknowledged is { } previous ? SHA256.HashData(previous.Span) : default;
            var answer = await AskAsync(question, cancellationToken).ConfigureAwait(false);
            if (answer.Refusal is { } refusal) throw new CkiTransportException(CkiTransportFault.Violation, $"{_options.Folder} has no announcements to give: {refusal}");
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
        return ValueTask.CompletedTask;
    }

    private async ValueTask<TransportAnswer> AskAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_content.IsPlain && content.Length > _options.MessageLimit)
            throw new ArgumentException($"The request has {content.Length} octets; a file carries at most {_options.MessageLimit}.", nameof(content));
        var octets = await _content.WriteAsync(content, _options.ServerCertificate, cancellationToken).ConfigureAwait(false);
        var name = SpoolFolder.NewName(_options.Time.GetUtcNow());
        try
        {
            _spool.Send(name, octets.Span);
            var end = _options.Time.GetUtcNow() + _options.AnswerTimeout;
            while (true)
            {
                if (_spool.Read(name, _content.Limit) is { } found) return await ReadAsync(name, content, found, cancellationToken).ConfigureAwait(false);
                if (_options.Time.GetUtcNow() >= end)
                    throw new CkiTransportException(CkiTransportFault.TimedOut, $"There was no answer to {name} in {_options.Folder} within {_options.AnswerTimeout}.");
                await Task.Delay(_options.Interval, _options.Time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CkiTransportException(CkiTransportFault.Unreachable, $"The spool {_options.Folder} cannot be used: {exception.Message}", exception);
        }
    }

    private async ValueTask<TransportAnswer> ReadAsync(
        string name, ReadOnlyMemory<byte> question, (byte[]? Answer, DateTimeOffset? CheckBack, string? Refusal) found, CancellationToken cancellationToken)
    {
        if (found.Answer is not { } octets) return new TransportAnswer { Services = SecurityServices.None, Peer = null, Refusal = TcpCkiTransport.Printable(found.Refusal ?? "") };
        var opened = await _content.ReadAsync(octets, cancellationToken).ConfigureAwait(false);
        _spool.Forget(name);
        if (opened is null) throw new CkiTransportException(CkiTransportFault.Violation, $"The answer to {name} in {_options.Folder} is not one that can be read here.");
        var answer = new TransportAnswer { Services = opened.Services, Peer = opened.Sender };
        return opened.Octets.Span.SequenceEqual(SHA256.HashData(question.Span)) ? answer : answer with { Message = opened.Octets, CheckBack = found.CheckBack };
    }
}
