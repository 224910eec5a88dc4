using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using CkiSdk.Transports.Tls;
using CkiSdk.Web.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Web;

/// <summary>Listens for browsers and shows them the pages of one CMA.</summary>
public sealed partial class CmaPagesHost : IAsyncDisposable
{
    private const int MostHeaderOctets = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly CmaPagesHostOptions _options;
    private readonly ILogger _logger;
    private readonly WebApplication _host;
    private ListenOptions? _listen;
    private int _stopped;

    private CmaPagesHost(CmaPagesOptions pages, CmaPagesHostOptions options)
    {
        _options = options;
        _logger = options.LoggerFactory.CreateLogger<CmaPagesHost>();

        // An empty host: no configuration files, no environment variables, no console, no signals. All that is the application's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(options.LoggerFactory);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = options.ConnectionLimit;
            kestrel.Limits.MaxRequestHeadersTotalSize = MostHeaderOctets;
            kestrel.Limits.RequestHeadersTimeout = Patience;
            kestrel.Listen(options.EndPoint, listen => Listen(listen, pages.Clients));
        });
        _host = builder.Build();
        _host.MapCmaPages(pages);
    }

    /// <summary>Gets the address and port that it listens at.</summary>
    public IPEndPoint EndPoint => _listen?.IPEndPoint ?? _options.EndPoint;

    /// <summary>Starts to listen.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The listener; disposing of it stops it.</returns>
    /// <exception cref="ArgumentException">Without TLS the address is not one of this machine alone; the own certificate has no private key; or nobody's certificate would be accepted.</exception>
    /// <exception cref="IOException">The address is in use or not one of this machine.</exception>
    public static async Task<CmaPagesHost> StartAsync(CmaPagesOptions pages, CmaPagesHostOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Certificate is null && !IPAddress.IsLoopback(options.EndPoint.Address))
            throw new ArgumentException($"Without TLS the pages are for this machine alone, and {options.EndPoint.Address} can be reached from others.", nameof(options));
        if (options.Certificate is { HasPrivateKey: false }) throw new ArgumentException("The own certificate has no private key.", nameof(options));
        if (options.Certificate is not null && pages.Clients is null) throw new ArgumentException("With TLS somebody's certificate must be accepted.", nameof(pages));
        var listener = new CmaPagesHost(pages, options);
        try
        {
            await listener._host.StartAsync(cancellationToken).ConfigureAwait(false);
            listener.LogListening(listener.EndPoint);
            return listener;
        }
        catch
        {
            await listener._host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops: no new connections, what is being answered is answered.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0) return;
        using var grace = new CancellationTokenSource(_options.StopTimeout);
        await _host.StopAsync(grace.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await _host.DisposeAsync().ConfigureAwait(false);
    }

    private void Listen(ListenOptions listen, PeerTrust? clients)
    {
        // Once bound, it knows the port.
        _listen = listen;
        listen.Protocols = HttpProtocols.Http1;
        if (_options.Certificate is { } certificate)
        {
            var own = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
            listen.UseHttps(new TlsHandshakeCallbackOptions { HandshakeTimeout = Patience, OnConnection = _ => ValueTask.FromResult(CreateTls(own, clients!)) });
        }
    }

    private SslServerAuthenticationOptions CreateTls(SslStreamCertificateContext own, PeerTrust clients) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls13,
        ServerCertificateContext = own,
        ClientCertificateRequired = true,
        CertificateChainPolicy = clients.CreatePathPolicy(peerIsServer: false),

        // A session that is taken up again would not show the client's certificate anew.
        AllowTlsResume = false,
        RemoteCertificateValidationCallback = (_, presented, chain, errors) =>
        {
            if (clients.Authenticate(presented, chain, errors, out var refusal) is not null) return true;
            LogNotAuthenticated(refusal!);
            return false;
        },
    };

    [LoggerMessage(1, LogLevel.Information, "Listening at {EndPoint}")]
    private partial void LogListening(IPEndPoint endPoint);

    [LoggerMessage(2, LogLevel.Information, "A browser is not accepted: {Reason}")]
    private partial void LogNotAuthenticated(string reason);

    private sealed class SilentLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
