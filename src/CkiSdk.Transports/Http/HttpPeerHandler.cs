using System.Net.Security;
using CkiSdk.Protocol;

namespace CkiSdk.Transports.Http;

/// <summary>Sends requests over TLS 1.3 with both sides authenticated, and notes on each answer whose it is. It is the primary handler of an <see cref="HttpClient"/> for <see cref="HttpCkiTransport"/>.</summary>
/// <remarks>
/// It follows no redirection, keeps no cookies, and takes neither a proxy nor credentials from its environment. Connections to a server that is accepted no more
/// (<see cref="Tls.PeerTrust.Accepts"/>, anchors, expiry) are left, and the next request authenticates it anew.
/// </remarks>
public sealed class HttpPeerHandler : HttpMessageHandler
{
    private static readonly HttpRequestOptionsKey<Peer> PeerKey = new("CkiSdk.Peer");

    private readonly HttpTransportOptions _options;
    private readonly SslStreamCertificateContext _own;
    private readonly Lock _gate = new();
    private HttpConnections? _connections;
    private bool _isDisposed;

    /// <summary>Creates the handler; nothing is connected yet.</summary>
    /// <param name="options">The configuration.</param>
    /// <exception cref="ArgumentException">The address is not one of HTTPS, the certificate has no private key, or the server is not named.</exception>
    public HttpPeerHandler(HttpTransportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.FindFault() is { } fault) throw new ArgumentException(fault, nameof(options));
        _options = options;
        // offline: what is sent is what was configured; nothing is looked up on the network.
        _own = SslStreamCertificateContext.Create(options.Certificate, options.Intermediates, offline: true);
    }

    /// <summary>Returns the server that an answer came from, as TLS authenticated it; null where no such handler brought it.</summary>
    /// <param name="response">The answer.</param>
    public static Peer? PeerOf(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.RequestMessage is { } request && request.Options.TryGetValue(PeerKey, out var peer) ? peer : null;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RequestUri?.Scheme != Uri.UriSchemeHttps) throw new HttpRequestException(HttpRequestError.SecureConnectionError, "Only HTTPS protects messages.");
        var connections = Connections();
        var response = await connections.SendAsync(request, cancellationToken).ConfigureAwait(false);
        request.Options.Set(PeerKey, connections.Peer!);
        return response;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            _isDisposed = true;
            _connections?.Dispose();
            _connections = null;
        }

        base.Dispose(disposing);
    }

    private HttpConnections Connections()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_connections?.Standing?.FindRefusal() is not null)
            {
                // What is in flight on them is not cut off.
                _connections.Dispose();
                _connections = null;
            }

            return _connections ??= new HttpConnections(_options, _own);
        }
    }
}
