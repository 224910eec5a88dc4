using CkiSdk.Protocol;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Kestrel.Http;

/// <summary>Is what a connection knows of its client.</summary>
/// <param name="Trust">Who has accepted him.</param>
/// <param name="Client">The client.</param>
/// <param name="Standing">Whether he is still accepted.</param>
internal sealed record AcceptedClient(PeerTrust Trust, Peer Client, PeerStanding Standing);
