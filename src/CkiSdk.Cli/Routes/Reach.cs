using CkiSdk.Cli.Homes;
using CkiSdk.Pki.Certificates;
using CkiSdk.Transports.Cms;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Cli.Routes;

/// <summary>Is who goes to whom: what a way needs to make a transport.</summary>
/// <param name="Home">The home of the one who goes.</param>
/// <param name="Identity">What he is; it stays the caller's.</param>
/// <param name="Card">The card of the one who is reached.</param>
internal sealed record Reach(Home Home, PartyIdentity Identity, PartyCard Card)
{
    /// <summary>Gets how long an answer may take; null for what is usual on the way.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Gets the certificate that messages for him are encrypted to.</summary>
    public Certificate Encryption => PartyCard.ToCertificate(Card.Encryption);

    /// <summary>Makes whom connections accept: him alone.</summary>
    public PeerTrust Trust() => new([PartyCard.ToCertificate(Card.Authority)], Card.ToName());

    /// <summary>Makes what messages are signed and opened with: his alone are taken.</summary>
    public CmsIdentity Cms() => Identity.ToCms([PartyCard.ToCertificate(Card.Authority)]) with { Peer = Card.ToName() };
}
