using CkiSdk.Crypto;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.TlcmaExchanges;

namespace CkiSdk.Protocol.Server;

/// <summary>Is a top level CMA without I/O: it gives CMAs their domain parameters and interoperability keys, and stores before it answers.</summary>
public sealed class Tlcma : IMessageHandler, IDisposable
{
    private readonly PartyContext _party;
    private readonly MessageLine _line;
    private readonly Outbox _outbox;

    /// <summary>Creates a TLCMA.</summary>
    /// <param name="options">What it is configured with.</param>
    /// <param name="store">Its store; it stays the caller's.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The key does not belong to the certificate, or the storage key is no AES-256 key.</exception>
    public Tlcma(TlcmaOptions options, ICmaStore store, CryptoProvider provider, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(provider);
        if (!options.SigningKey.SubjectPublicKeyInfo.Span.SequenceEqual(options.Certificate.SubjectPublicKeyInfo.Span) || options.StorageKey.Length != Derivation.KeyDerivation.KeyLength)
        {
            throw new ArgumentException("The signing key is not the key of the certificate, or the storage key does not have 32 octets.", nameof(options));
        }

        var me = options.Certificate.Subject;
        if (options.Bind is { } bind && !bind.Name.Equals(me))
        {
            throw new ArgumentException($"The certificate for binds is that of {bind.Name}, not of {me}.", nameof(options));
        }

        _party = new PartyContext(Role.Tlcma, store, provider, time, new MessageClock(store, time), new MessageWriter(me, provider.Random));
        var tlcma = new TlcmaContext(_party, options, new InteroperabilityKeyRing(store, provider, options.StorageKey));
        var pairs = new PairKeys(tlcma);
        var telling = new DomainTelling(tlcma, pairs);
        var users = new RevokedUsers(tlcma);
        var rules = new MessageRules(me, new MessagePolicy(options.ClockTolerance, options.ReplayWindow, SecurityServices.OriginAuthentication | SecurityServices.Integrity), time);
        _line = new MessageLine(_party, rules, [new DomainRequestExchange(tlcma, pairs, telling, new RequestedDomains(tlcma), users), new RevokedUsersExchange(tlcma, users), new CrlExchange(tlcma)]);
        Administration = new TlcmaAdministration(tlcma, pairs, telling, users);
        _outbox = new Outbox(_party, options.ReplayWindow, Administration.PresentAsync);
        Peers = new PeerAdministration(_party);
        Binds = options.Bind is { } identity ? new BindResponder(identity, options.AuthenticationAnchors, options.ClockTolerance, _party) : null;
    }

    /// <summary>Gets what an operator does with the TLCMA.</summary>
    public TlcmaAdministration Administration { get; }

    /// <summary>Gets what an operator says of the CMAs.</summary>
    public PeerAdministration Peers { get; }

    /// <summary>Gets what answers binds; null where none is configured.</summary>
    public BindResponder? Binds { get; }

    /// <inheritdoc/>
    public async ValueTask<HandlingResult> HandleAsync(DeliveredMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (await _line.HandleAsync(message, cancellationToken).ConfigureAwait(false)).Result;
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> NextAnnouncementAsync(
        Peer peer, SecurityServices services, ReadOnlyMemory<byte>? acknowledged, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return _outbox.NextAsync(peer, services, acknowledged, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<WaitingAnnouncement?> AnnouncementAfterAsync(Peer peer, SecurityServices services, long after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return _outbox.NextAsync(peer, services, after, cancellationToken);
    }

    /// <summary>Does what is due by the clock: makes and announces the next keys before the last ones end (CKI Part 2 ¶30 a), renews the CRL at half its time, and replaces what waits too long for a CMA by the present state. It may be called as often as one likes; daily is enough.</summary>
    /// <param name="cancellationToken">Cancels the call; what was done stays.</param>
    public async ValueTask MaintainAsync(CancellationToken cancellationToken = default)
    {
        await Administration.RenewKeysAsync(cancellationToken).ConfigureAwait(false);
        await Administration.RenewCrlAsync(cancellationToken).ConfigureAwait(false);
        await _outbox.RenewAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _party.Dispose();
}
