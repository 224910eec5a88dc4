using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Storage;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Cli.Routes;

/// <summary>Knows how the parties in the cards of a home are reached, and whose authentication certificates count for whom.</summary>
/// <remarks>An authority speaks for the names of its own party alone: that of one domain cannot make a certificate for a user of another.</remarks>
internal sealed class PeerRoutes : IAsyncDisposable
{
    // Who does not answer holds up nobody for long: he is asked again, and an answer that came meanwhile is taken then.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Home _home;
    private readonly AuthorityIdentity _identity;
    private readonly PeerCards _cards;
    private readonly UserCertificates _users;
    private readonly Func<ICkiTransport, ICkiTransport>? _wrap;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ((string Route, string Authority, string Encryption) Way, ICkiTransport Transport)> _transports = new(StringComparer.Ordinal);
    private readonly List<ICkiTransport> _left = [];
    private volatile IReadOnlyList<(Certificate Authority, Func<Peer, bool> MayName)> _rows = [];
    private volatile IReadOnlyList<TrustAnchor> _anchors = [];
    private volatile Dictionary<string, (PartyCard Card, string Route)> _known = new(StringComparer.Ordinal);
    private IReadOnlyList<StoredCard>? _read;

    private PeerRoutes(Home home, AuthorityIdentity identity, ICmaStore store, UserCertificates users, Func<ICkiTransport, ICkiTransport>? wrap)
    {
        (_home, _identity, _cards, _users, _wrap) = (home, identity, new PeerCards(store, home.Name), users, wrap);
        Clients = new PeerTrust([identity.Authority]) { Accepts = Accepts };
    }

    /// <summary>Gets who may connect.</summary>
    public PeerTrust Clients { get; }

    /// <summary>Gets the authorities of authentication that certify whom one talks with.</summary>
    public IEnumerable<Certificate> Authorities => _rows.Select(row => row.Authority).DistinctBy(authority => authority.Subject);

    /// <summary>Gets the same as anchors of paths: another list where a card was added or replaced.</summary>
    public IReadOnlyList<TrustAnchor> Anchors => _anchors;

    /// <summary>Gets the card of the TLCMA; null where there is none.</summary>
    public PartyCard? Tlcma => Cards.FirstOrDefault(card => card.Kind == HomeKind.Tlcma);

    /// <summary>Gets the cards, by name.</summary>
    public IReadOnlyCollection<PartyCard> Cards => [.. _known.Values.Select(known => known.Card)];

    /// <summary>Reads the cards.</summary>
    /// <param name="home">The home.</param>
    /// <param name="identity">Whose it is; it stays the caller's.</param>
    /// <param name="store">The store; it stays the caller's, too.</param>
    /// <param name="wrap">Puts something in front of each way; null for nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">A card cannot be read.</exception>
    public static async Task<PeerRoutes> OpenAsync(Home home, AuthorityIdentity identity, ICmaStore store, Func<ICkiTransport, ICkiTransport>? wrap, CancellationToken cancellationToken)
    {
        var users = await UserCertificates.OpenAsync(store, cancellationToken).ConfigureAwait(false);
        var routes = new PeerRoutes(home, identity, store, users, wrap);
        await routes.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return routes;
    }

    /// <summary>Looks into the store again, where other processes write, too: who was enrolled, which cards were added or replaced.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether a card was.</returns>
    /// <exception cref="CommandException">A card cannot be read.</exception>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var stored = (await _users.RefreshAsync(cancellationToken).ConfigureAwait(false)).ListCards();
        if (_read is not null && (ReferenceEquals(stored, _read) || stored.Select(Told).SequenceEqual(_read.Select(Told))))
        {
            return false;
        }

        var cards = _cards.Read(stored);
        var domain = DomainRule.Of(_identity.Certificate);
        _rows =
        [
            (_identity.Authority, peer => domain.Admits(peer.Name) && _users.IsCurrent(peer)),
            .. cards.Select(known => (PartyCard.ToCertificate(known.Card.Authority), IsNamed(known.Card.ToName()))),
        ];
        Clients.Replace(Authorities);
        _anchors = [.. TrustAnchor.Of(Authorities)];
        (_known, _read) = (cards.ToDictionary(known => known.Card.ToName().Canonical, known => (known.Card, known.Route), StringComparer.Ordinal), stored);
        return true;

        static (string, string?, string) Told(StoredCard card) => (card.CanonicalName, card.Route, Convert.ToHexString(card.Content.Span));
    }

    /// <summary>Tells whether a user of the own domain shows the certificate that was made last.</summary>
    /// <param name="user">The user.</param>
    public bool IsCurrent(Peer user) => _users.IsCurrent(user);

    /// <summary>Tells the route to a party of which there is a card.</summary>
    /// <param name="card">The card.</param>
    public string RouteTo(PartyCard card) => _known[card.ToName().Canonical].Route;

    /// <summary>Finds the way to a party; null where there is no card of it.</summary>
    /// <param name="canonicalName">Its name in canonical form.</param>
    /// <exception cref="CkiTransportException">The route cannot be gone from this home.</exception>
    public ICkiTransport? Find(string canonicalName)
    {
        if (!_known.TryGetValue(canonicalName, out var known))
        {
            return null;
        }

        lock (_gate)
        {
            // A card with another authority is another trust, and one with another encryption certificate another key; what goes over the way before is not cut off.
            var way = (known.Route, known.Card.Authority, known.Card.Encryption);
            if (!_transports.TryGetValue(canonicalName, out var found) || found.Way != way)
            {
                if (found.Transport is { } before)
                {
                    _left.Add(before);
                }

                _transports[canonicalName] = found = (way, Connect(known.Card, known.Route));
            }

            return found.Transport;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var transport in _transports.Values.Select(found => found.Transport).Concat(_left))
        {
            await transport.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ICkiTransport Connect(PartyCard card, string route)
    {
        try
        {
            var transport = Route.Parse(route, $"route to {card.Name}").Connect(new Reach(_home, _identity.Party, card) { Patience = Patience });
            return _wrap is null ? transport : _wrap(transport);
        }
        catch (CommandException exception)
        {
            throw new CkiTransportException(CkiTransportFault.Unreachable, exception.Message, exception);
        }
    }

    private static Func<Peer, bool> IsNamed(DistinguishedName name) => peer => peer.Name.Equals(name);

    private bool Accepts(Peer peer) => _rows.Any(row =>
        row.MayName(peer) && row.Authority.Subject.Equals(peer.Certificate.Issuer) && peer.Certificate.IsSignedBy(row.Authority, CryptoProviders.Software));
}
