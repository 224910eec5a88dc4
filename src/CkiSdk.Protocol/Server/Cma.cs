using CkiSdk.Crypto;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.CmaExchanges;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Server;

/// <summary>Is a certificate management authority without I/O: it handles messages, decides, and stores before it answers.</summary>
public sealed class Cma : IMessageHandler, IDisposable
{
    private readonly PartyContext _party;
    private readonly InteroperabilityKeyRing _keys;
    private readonly MessageLine _line;
    private readonly KeyLife _life;
    private readonly Outbox _outbox;
    private readonly CertificateLife _certificates;

    /// <summary>Creates a CMA.</summary>
    /// <param name="options">What it is configured with.</param>
    /// <param name="store">Its store; it stays the caller's.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The provider's arithmetic is not constant-time, the key does not belong to the certificate, or the storage key is no AES-256 key.</exception>
    public Cma(CmaOptions options, ICmaStore store, CryptoProvider provider, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(provider);
        CmaOptionsCheck.Require(options, provider);
        var me = options.Certificate.Subject;
        _party = new PartyContext(Role.Cma, store, provider, time, new MessageClock(store, time), new MessageWriter(me, provider.Random));
        var signers = new Signers(options);
        _keys = new InteroperabilityKeyRing(store, provider, options.StorageKey);
        var cma = new CmaContext(_party, options, signers, _keys, new Authorities(store, signers));
        var rules = new MessageRules(me, new MessagePolicy(options.ClockTolerance, options.ReplayWindow, options.RequiredOfRequests), time);
        var seeds = new SeedKeys(cma);
        var crls = new CrlIssuer(cma);
        var revocation = new Revocation(cma, seeds, crls);
        var arrival = new KeyArrival(cma, seeds);
        var news = new RevokedUserNews(cma);
        var peers = new PeerKeys(cma, new AuthorityCheck(cma), revocation, news, arrival);
        var pending = new PendingRequests(cma, peers);
        _line = new MessageLine(_party, rules, ExchangesOf(cma, peers, news, seeds, revocation, crls, new DomainParameters(cma, new AuthorityCheck(cma), revocation, arrival), new DomainQuestions(cma, pending)));
        _life = new KeyLife(cma, arrival, crls);
        _certificates = new CertificateLife(cma, new CertificateIssuer(cma), new Recipients(cma));
        var present = new PresentState(cma, seeds, news);
        Peers = new PeerAdministration(_party, options.Recovery);
        Administration = new CmaAdministration(cma, revocation, arrival, news, present, _life, Peers);
        _outbox = new Outbox(_party, options.ReplayWindow, present.TellAsync);
        Requests = new CmaRequests(cma, _line, pending);
        Binds = options.Bind is { } identity ? new BindResponder(identity, options.AuthenticationAnchors, options.ClockTolerance, _party) : null;
        Recovery = new RecoveryAdministration(cma);
    }

    /// <summary>Gets what an operator does with the CMA.</summary>
    public CmaAdministration Administration { get; }

    /// <summary>Gets the requests of the CMA to the TLCMA and to its peers.</summary>
    public CmaRequests Requests { get; }

    /// <summary>Gets what an operator says of other parties.</summary>
    public PeerAdministration Peers { get; }

    /// <summary>Gets what approvers do with requests for recovered keys.</summary>
    public RecoveryAdministration Recovery { get; }

    /// <summary>Gets what answers binds; null where none is configured.</summary>
    public BindResponder? Binds { get; }

    /// <inheritdoc/>
    public async ValueTask<HandlingResult> HandleAsync(DeliveredMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (await _line.HandleAsync(message, cancellationToken).ConfigureAwait(false)).Result;
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAnnouncementAsync(
        Peer peer, SecurityServices services, ReadOnlyMemory<byte>? acknowledged, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);

        return await IsRevokedAsync(peer, cancellationToken).ConfigureAwait(false)
            ? default(ReadOnlyMemory<byte>?)
            : await _outbox.NextAsync(peer, services, acknowledged, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<WaitingAnnouncement?> AnnouncementAfterAsync(Peer peer, SecurityServices services, long after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return await IsRevokedAsync(peer, cancellationToken).ConfigureAwait(false) ? null : await _outbox.NextAsync(peer, services, after, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does what is due by the clock: renews keys, certificates and the CRL before they end, and announces them; what waits too long for its recipient is replaced by the present state. It may be called as often as one likes; daily is enough.</summary>
    /// <param name="cancellationToken">Cancels the call; what was done stays.</param>
    public async ValueTask MaintainAsync(CancellationToken cancellationToken = default)
    {
        await _party.CommitAsync(() => _life.LocalKeyAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        await _party.CommitAsync(() => _life.SuccessorAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var due in await _certificates.DueAsync(cancellationToken).ConfigureAwait(false))
        {
            await _party.CommitAsync(() => _certificates.RenewAsync(due, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        await _party.CommitAsync(() => _life.CrlAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        await _outbox.RenewAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _keys.Dispose();
        _party.Dispose();
    }

    // A revoked user gets nothing: it waits until he is no longer revoked.
    private async ValueTask<bool> IsRevokedAsync(Peer peer, CancellationToken cancellationToken) =>
        await _party.Store.FindUserAsync(peer.Name.Canonical, cancellationToken).ConfigureAwait(false) is { IsRevoked: true };

    private static IExchange[] ExchangesOf(CmaContext cma, PeerKeys peers, RevokedUserNews news, SeedKeys seeds, Revocation revocation, CrlIssuer crls, DomainParameters parameters, DomainQuestions questions)
    {
        var issuer = new CertificateIssuer(cma);
        IExchange[] recovery = cma.Options.Recovery is { } options ? [new KeyRecoveryExchange(cma, options, new RecoverableKeys(cma, issuer))] : [];
        return
        [
            .. recovery,
            new SendCertificateExchange(cma, issuer),
            new ReceiveCertificatesExchange(cma, issuer, new Recipients(cma), questions),
            new ExternalSeedKeyExchange(cma, new ReceiveCertificateCheck(cma, issuer), seeds),
            new TlcmaAnswerExchange(parameters, questions),
            new TlcmaAnnouncementExchange(parameters),
            new PeerRequestExchange(cma, peers, news),
            new PeerAnswerExchange(cma, peers),
            new RevokedUsersExchange(cma, revocation),
            new CrlExchange(cma, crls, new AuthorityCheck(cma)),
        ];
    }
}
