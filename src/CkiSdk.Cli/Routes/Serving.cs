using CkiSdk.Cli.Homes;
using CkiSdk.Protocol;
using CkiSdk.Transports.Cms;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Routes;

/// <summary>Is an authority that ways serve.</summary>
/// <param name="Home">The home.</param>
/// <param name="Identity">What it is; it stays the caller's.</param>
/// <param name="Peers">Whose certificates it accepts, as they are at any time.</param>
/// <param name="Server">What handles a message.</param>
/// <param name="Log">Where it logs.</param>
internal sealed record Serving(Home Home, PartyIdentity Identity, PeerRoutes Peers, IMessageHandler Server, ILoggerFactory Log)
{
    /// <summary>Makes what messages are signed and opened with: those of all whom the authority accepts are taken.</summary>
    public CmsIdentity Cms() => Identity.ToCms(Peers.Authorities) with { PresentAnchors = () => Peers.Anchors, Accepts = Peers.Clients.Accepts };
}
