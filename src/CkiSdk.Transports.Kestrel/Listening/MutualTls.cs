using System.Net.Security;
using System.Security.Authentication;
using CkiSdk.Protocol;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Kestrel.Listening;

/// <summary>Makes the TLS of listeners: 1.3, and clients that show who they are.</summary>
internal static class MutualTls
{
    /// <summary>Makes the options of one connection.</summary>
    /// <param name="own">The own certificate.</param>
    /// <param name="clients">Who is accepted; null where no certificate is asked for.</param>
    /// <param name="allowsNone">Whether a client may show none, because he shows otherwise who he is.</param>
    /// <param name="refused">Hears why a client is not accepted.</param>
    /// <param name="accepted">Hears who is.</param>
    public static SslServerAuthenticationOptions Create(SslStreamCertificateContext own, PeerTrust? clients, bool allowsNone, Action<string> refused, Action<Peer>? accepted = null) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls13,
        ServerCertificateContext = own,
        ClientCertificateRequired = clients is not null,
        CertificateChainPolicy = clients?.CreatePathPolicy(peerIsServer: false),

        // A session that is taken up again would not show the client's certificate anew. Where none is asked for, each connection is bound anew, and connections
        // that may be taken up again share what OpenSSL keeps of the listener.
        AllowTlsResume = clients is null,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            // Who shows none binds; a certificate that is shown must be good all the same.
            if (certificate is null && allowsNone) return true;
            var refusal = "certificates of clients are not accepted";
            if (clients?.Authenticate(certificate, chain, errors, out refusal) is { } peer)
            {
                accepted?.Invoke(peer);
                return true;
            }

            refused(refusal!);
            return false;
        },
    };
}
