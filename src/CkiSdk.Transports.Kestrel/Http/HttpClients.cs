using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Protocol;
using CkiSdk.Transports.Tls;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CkiSdk.Transports.Kestrel.Http;

/// <summary>Finds out whose requests are: of each connection once, and about once a second whether he is still accepted.</summary>
/// <param name="trust">Who is accepted.</param>
internal sealed class HttpClients(PeerTrust trust)
{
    // For connections whose TLS is the application's own: a certificate belongs to one of them, and is checked once.
    private readonly ConditionalWeakTable<X509Certificate2, Checked> _checked = [];

    /// <summary>Finds the client of a request: nobody where TLS 1.3 has not authenticated both sides.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The client, if there is one; why he is not accepted, for the own log.</returns>
    public (Peer? Client, string? Refusal) Find(HttpContext context)
    {
        if (context.Features.Get<AcceptedClient>() is { } accepted && ReferenceEquals(accepted.Trust, trust)) return (accepted.Client, accepted.Standing.FindRefusal());
        var certificate = context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        if (certificate is null || context.Features.Get<ITlsHandshakeFeature>()?.Protocol != SslProtocols.Tls13) return (null, null);
        var known = _checked.GetValue(certificate, Check);
        return known.Accepted is { } found ? (found.Client, found.Standing.FindRefusal()) : (null, known.Refusal);
    }

    private Checked Check(X509Certificate2 certificate) => trust.Authenticate(certificate, [], peerIsServer: false, out var refusal) is { } peer
        ? new Checked(new AcceptedClient(trust, peer, trust.Watch(peer)), null)
        : new Checked(null, refusal);

    private sealed record Checked(AcceptedClient? Accepted, string? Refusal);
}
