using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using CkiSdk.Protocol;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Transports.Http;

/// <summary>Carries messages over HTTP and TLS 1.3 with both sides authenticated (CKI profile section 7).</summary>
/// <remarks>Each message is a POST of its own, on connections of a pool; to ask for a waiting answer is to post the same octets again. Announcements are got and acknowledged by number.</remarks>
public sealed class HttpCkiTransport : ICkiTransport
{
    // Octets of a refusal that are read.
    private const int MostWords = 4096;

    private readonly HttpTransportOptions _options;
    private readonly Func<HttpClient> _clients;
    private readonly HttpClient? _own;
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly string _authority;
    private long _unacknowledged;
    private volatile bool _isClosed;

    /// <summary>Creates the transport with connections of its own; nothing is connected yet.</summary>
    /// <param name="options">The configuration.</param>
    /// <exception cref="ArgumentException">The address is not one of HTTPS, the certificate has no private key, or the server is not named.</exception>
    public HttpCkiTransport(HttpTransportOptions options)
        : this(options, CreateClient(options))
    {
    }

    /// <summary>Creates the transport for clients that come from elsewhere, such as an IHttpClientFactory. What brings answers at their end is an <see cref="HttpPeerHandler"/>: otherwise no message has any of the services.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="clients">Gives the client for a request; it stays the caller's.</param>
    /// <exception cref="ArgumentException">The address is not one of HTTPS, the certificate has no private key, or the server is not named.</exception>
    public HttpCkiTransport(HttpTransportOptions options, Func<HttpClient> clients)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clients);
        if (options.FindFault() is { } fault) throw new ArgumentException(fault, nameof(options));
        (_options, _clients, _authority) = (options, clients, options.Address.Authority);
    }

    private HttpCkiTransport(HttpTransportOptions options, HttpClient own)
        : this(options, () => own) => _own = own;

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The transport is closed.</exception>
    public async ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
    {
        if (request.IsEmpty) throw new ArgumentException("The request is empty.", nameof(request));
        if (request.Length > _options.MessageLimit)
            throw new ArgumentException($"The request has {request.Length} octets; a message has at most {_options.MessageLimit}.", nameof(request));
        return await WithinAsync(token => PostAsync(request, token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The transport is closed.</exception>
    public async ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default)
    {
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // What was acknowledged before is not acknowledged again: a server that began anew may use the number for something else.
            return await WithinAsync(token => GetAsync(acknowledgesPrevious ? _unacknowledged : 0, token), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _isClosed = true;
        _own?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static HttpClient CreateClient(HttpTransportOptions options) => new(new HttpPeerHandler(options)) { Timeout = Timeout.InfiniteTimeSpan };

    private async Task<TransportAnswer> PostAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(octets);
        content.Headers.ContentType = new MediaTypeHeaderValue(HttpMapping.MediaType);
        using var response = await SendAsync(HttpMethod.Post, _options.Target, content, cancellationToken).ConfigureAwait(false);
        var (peer, services) = SenderOf(response);
        var answer = new TransportAnswer { Services = services, Peer = peer };
        switch (HttpMapping.ReadPosted((int)response.StatusCode, ContentTypeOf(response)))
        {
            case HttpReply.Message:
                return answer with
                {
                    Message = await ReadMessageAsync(response, cancellationToken).ConfigureAwait(false),
                    CheckBack = response.IsSuccessStatusCode ? HttpMapping.ReadTime(response.Headers.RetryAfter, _options.Time.GetUtcNow()) : null,
                };
            case HttpReply.Nothing:
                return answer;
            case HttpReply.Refusal:
                var words = await ReadWordsAsync(response, cancellationToken).ConfigureAwait(false);
                return answer with { Refusal = words.Length > 0 ? words : $"{_authority} answers {(int)response.StatusCode}" };
            case var reply:
                throw await FaultAsync(reply, response, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<DeliveredMessage?> GetAsync(long after, CancellationToken cancellationToken)
    {
        var target = new UriBuilder(_options.Target) { Query = $"{HttpMapping.AfterParameter}={HttpMapping.WriteNumber(after)}" }.Uri;
        using var response = await SendAsync(HttpMethod.Get, target, null, cancellationToken).ConfigureAwait(false);
        var number = response.Headers.TryGetValues(HttpMapping.AnnouncementHeader, out var values) ? string.Join(',', values) : null;
        switch (HttpMapping.ReadGot((int)response.StatusCode, ContentTypeOf(response), number))
        {
            case HttpReply.Message:
                var message = await ReadMessageAsync(response, cancellationToken).ConfigureAwait(false);
                _ = HttpMapping.TryReadNumber(number, out _unacknowledged);
                var (peer, services) = SenderOf(response);
                return new DeliveredMessage(message, services, peer);
            case HttpReply.Nothing:
                _unacknowledged = 0;
                return null;
            case var reply:
                throw await FaultAsync(reply, response, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri target, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, target) { Version = _options.Version, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower, Content = content };
        return await _clients().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        using var timer = new CancellationTokenSource(_options.AnswerTimeout, _options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await exchange(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            var what = timer.IsCancellationRequested ? $"answer within {_options.AnswerTimeout}" : $"connect within {_options.ConnectTimeout}";
            throw new CkiTransportException(CkiTransportFault.TimedOut, $"{_authority} did not {what}.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            throw HttpFaults.Translate(exception, _authority);
        }
    }

    private static (Peer? Peer, SecurityServices Services) SenderOf(HttpResponseMessage response) =>
        HttpPeerHandler.PeerOf(response) is { } peer ? (peer, SecurityServices.All) : (null, SecurityServices.None);

    private static string? ContentTypeOf(HttpResponseMessage response) => response.Content.Headers.ContentType?.ToString();

    private async Task<ReadOnlyMemory<byte>> ReadMessageAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = response.Content.Headers;
        if (headers.ContentEncoding.Count > 0) throw Violation("an encoded content");
        // Otherwise the end of the connection would be the end of the message, and whoever cuts it could shorten one.
        if (response.Version.Major < 2 && headers.ContentLength is null && response.Headers.TransferEncodingChunked != true) throw Violation("a content without an end");
        var (octets, isWhole) = await ReadAsync(response, _options.MessageLimit, cancellationToken).ConfigureAwait(false);
        if (!isWhole) throw Violation($"a content of more than {_options.MessageLimit} octets");
        return octets.IsEmpty ? throw Violation("an empty message") : octets;
    }

    private static async Task<string> ReadWordsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is not "text/plain") return "";
        var (octets, _) = await ReadAsync(response, MostWords, cancellationToken).ConfigureAwait(false);
        return TcpCkiTransport.Printable(Encoding.UTF8.GetString(octets.Span));
    }

    private static async Task<(ReadOnlyMemory<byte> Octets, bool IsWhole)> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > limit) return (default, false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var owned = stream.ConfigureAwait(false);
        var octets = new byte[(int?)response.Content.Headers.ContentLength ?? Math.Min(limit, MostWords)];
        var count = 0;
        while (true)
        {
            if (count == octets.Length && count < limit) Array.Resize(ref octets, (int)Math.Min(limit, Math.Max(2L * count, MostWords)));
            var room = count < octets.Length ? octets.AsMemory(count) : new byte[1];
            var read = await stream.ReadAsync(room, cancellationToken).ConfigureAwait(false);
            if (read == 0) return (octets.AsMemory(0, count), true);
            if (count == octets.Length) return (octets, false);
            count += read;
        }
    }

    private async Task<CkiTransportException> FaultAsync(HttpReply reply, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var words = await ReadWordsAsync(response, cancellationToken).ConfigureAwait(false);
        var said = $"{(int)response.StatusCode}{(words.Length > 0 ? $": {words}" : "")}";
        return reply switch
        {
            HttpReply.NotAuthenticated => new CkiTransportException(CkiTransportFault.NotAuthenticated, $"{_authority} does not accept this side: {said}"),
            HttpReply.Unavailable => new CkiTransportException(CkiTransportFault.Unreachable, $"{_authority} cannot answer now: {said}"),
            _ when response.StatusCode is HttpStatusCode.NotFound => new CkiTransportException(CkiTransportFault.Violation, $"{_authority} serves no CKI at {_options.Target.AbsolutePath}: {said}"),
            _ => new CkiTransportException(CkiTransportFault.Violation, $"{_authority} answers what no transport of the CKI does: {said}"),
        };
    }

    private CkiTransportException Violation(string what) => new(CkiTransportFault.Violation, $"{_authority} sent {what}.");
}
