using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Protocol;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Http;

/// <summary>Is a pool of connections to one server, authenticated as one party.</summary>
internal sealed class HttpConnections : IDisposable
{
    // An answer has a handful of short headers.
    private const int MostKilobytesOfHeaders = 16;

    // Shorter than what servers wait for the next request, so that few requests meet a connection that is being closed.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);

    private readonly PeerTrust _server;
    private readonly HttpMessageInvoker _invoker;
    private volatile PeerStanding? _standing;
    private volatile Peer? _peer;
    private volatile string? _refusal;

    public HttpConnections(HttpTransportOptions options, SslStreamCertificateContext own)
    {
        _server = options.Server;
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = options.Proxy is not null,
            Proxy = options.Proxy,
            Credentials = null,
            PreAuthenticate = false,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionIdleTimeout = IdleTimeout,
            PooledConnectionLifetime = options.ConnectionLifetime,
            MaxResponseHeadersLength = MostKilobytesOfHeaders,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = PingDelay,
            SslOptions = CreateTlsOptions(own),
        });
    }

    /// <summary>Gets the server as it was authenticated last; null before the first time.</summary>
    public Peer? Peer => _peer;

    /// <summary>Gets what says whether the server is still accepted; null before it was authenticated.</summary>
    public PeerStanding? Standing => _standing;

    /// <summary>Sends a request.</summary>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.InnerException is AuthenticationException inner)
        {
            var reason = _refusal ?? inner.InnerException?.Message ?? inner.Message;
            throw new HttpRequestException(HttpRequestError.SecureConnectionError, $"{request.RequestUri!.Authority} is not the server that is expected: {reason}", inner);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    private SslClientAuthenticationOptions CreateTlsOptions(SslStreamCertificateContext own) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls13,
        ClientCertificateContext = own,
        CertificateChainPolicy = _server.CreatePathPolicy(peerIsServer: true),
        AllowTlsResume = false,
        RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
        {
            // The path as it was built here has the time and the anchors of when the pool was made.
            if (_server.Authenticate(certificate as X509Certificate2, chain?.ChainPolicy.ExtraStore ?? [], peerIsServer: true, out var refusal) is not { } peer)
            {
                _refusal = refusal;
                return false;
            }

            (_peer, _standing) = (peer, _server.Watch(peer));
            return true;
        },
    };
}
