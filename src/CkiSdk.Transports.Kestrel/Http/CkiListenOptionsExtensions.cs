using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Transports.Kestrel.Listening;
using CkiSdk.Transports.Tls;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CkiSdk.Transports.Kestrel.Http;

/// <summary>Lets an address of Kestrel authenticate both sides as the CKI does.</summary>
public static class CkiListenOptionsExtensions
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Uses TLS 1.3 with a certificate of each side; who has none that leads to the anchors does not connect. Everything at the address is then for such clients alone.</summary>
    /// <param name="listen">The address.</param>
    /// <param name="certificate">The own authentication certificate with its private key.</param>
    /// <param name="clients">Who is accepted as a client.</param>
    /// <param name="intermediates">The certificates between the own one and an anchor of the clients; null for none.</param>
    /// <param name="refused">Hears why a client is not accepted, for the log; null for nobody.</param>
    /// <exception cref="ArgumentException">The own certificate has no private key.</exception>
    public static ListenOptions UseCkiTls(
        this ListenOptions listen, X509Certificate2 certificate, PeerTrust clients, X509Certificate2Collection? intermediates = null, Action<string>? refused = null)
    {
        ArgumentNullException.ThrowIfNull(listen);
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(clients);
        if (!certificate.HasPrivateKey) throw new ArgumentException("The own certificate has no private key.", nameof(certificate));
        var own = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
        return listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = HandshakeTimeout,
            OnConnection = context =>
            {
                var features = context.Connection.Features;
                var tls = MutualTls.Create(own, clients, allowsNone: false, refused ?? (_ => { }), peer => features.Set(new AcceptedClient(clients, peer, clients.Watch(peer))));
                tls.ApplicationProtocols = listen.Protocols.HasFlag(HttpProtocols.Http2) ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : [SslApplicationProtocol.Http11];
                return ValueTask.FromResult(tls);
            },
        });
    }
}
