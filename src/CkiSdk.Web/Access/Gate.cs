using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Storage;
using CkiSdk.Web.Options;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CkiSdk.Web.Access;

/// <summary>Decides who comes in: from this machine without TLS to read; else by TLS 1.3 and a certificate of one who is an operator or an approver.</summary>
/// <param name="options">The configuration.</param>
internal sealed class Gate(CmaPagesOptions options)
{
    // Whoever relays requests to this machine would make everybody one who is at it.
    private const string RelayPrefix = "X-Forwarded-";
    private static readonly string[] RelayHeaders = ["Forwarded", "X-Real-IP", "Via"];
    private static readonly string[] RelayEndings = ["-Client-IP", "-Connecting-IP"];

    /// <summary>Finds out whose a request is.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The visitor; where there is none, the state of the answer and why.</returns>
    public async Task<(Visitor? Visitor, int Status, string? Words)> FindAsync(HttpContext context)
    {
        if (!options.Hosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            return (null, StatusCodes.Status421MisdirectedRequest, "These pages are not known under the name in the address.");
        }

        if (context.Features.Get<ITlsHandshakeFeature>() is not { } tls)
        {
            return IsLocal(context) ? (new Visitor(null, false, false), 0, null) : Refuse("Without TLS the pages are for this machine alone.");
        }

        if (tls.Protocol != SslProtocols.Tls13 || context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is not { } certificate)
        {
            return Refuse("TLS 1.3 with your certificate is needed.");
        }

        return Authenticate(certificate) is { } peer ? await AdmitAsync(peer, context.RequestAborted).ConfigureAwait(false) : Refuse("Your certificate is not accepted.");
    }

    private static (Visitor? Visitor, int Status, string? Words) Refuse(string words) => (null, StatusCodes.Status403Forbidden, words);

    private static bool IsLocal(HttpContext context) =>
        context.Connection is { RemoteIpAddress: { } remote, LocalIpAddress: { } local } && IPAddress.IsLoopback(remote) && IPAddress.IsLoopback(local)
        && !context.Request.Headers.Keys.Any(IsOfRelay);

    private static bool IsOfRelay(string header) =>
        header.StartsWith(RelayPrefix, StringComparison.OrdinalIgnoreCase) || RelayHeaders.Contains(header, StringComparer.OrdinalIgnoreCase)
        || RelayEndings.Any(ending => header.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    // Anew with each request: pages are few, and who is enrolled anew or removed sees nothing more.
    private Peer? Authenticate(X509Certificate2 certificate) => options.Clients?.Authenticate(certificate, [], peerIsServer: false, out _);

    private async Task<(Visitor? Visitor, int Status, string? Words)> AdmitAsync(Peer peer, CancellationToken cancellationToken)
    {
        var name = peer.Name.Canonical;
        if (await options.Store.FindRevokedUserAsync(name, cancellationToken).ConfigureAwait(false) is not null
            || await options.Store.FindUserAsync(name, cancellationToken).ConfigureAwait(false) is { IsRevoked: true })
        {
            return Refuse("You are revoked.");
        }

        var party = await options.Store.FindPeerAsync(name, cancellationToken).ConfigureAwait(false);
        var visitor = new Visitor(peer, options.Operators.Contains(peer.Name), party?.Kinds.HasFlag(PartyKinds.RecoveryApprover) == true);
        return visitor.IsOperator || visitor.IsApprover ? (visitor, 0, null) : Refuse("You are neither an operator of these pages nor an approver.");
    }
}
