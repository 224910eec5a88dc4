using CkiSdk.Crypto;
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
    private readonly MessageLine _line;

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
        var cma = new CmaContext(_party, options, signers, new InteroperabilityKeyRing(store, provider, options.StorageKey), new Authorities(store, signers));
        var rules = new MessageRules(me, new MessagePolicy(options.ClockTolerance, options.ReplayWindow, options.RequiredOfRequests), time);
        _line = new MessageLine(_party, new PartyDirectory(store), rules, ExchangesOf(cma));
        Administration = new CmaAdministration(cma);
    }

    /// <summary>Gets what an operator does with the CMA.</summary>
    public CmaAdministration Administration { get; }

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

        // A revoked user gets nothing: it waits until he is no longer revoked.
        var user = await _party.Store.FindUserAsync(peer.Name.Canonical, cancellationToken).ConfigureAwait(false);
        return user is { IsRevoked: true } ? default(ReadOnlyMemory<byte>?) : await Outbox.NextAsync(_party.Store, peer, services, acknowledged, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _party.Dispose();

    private static IExchange[] ExchangesOf(CmaContext cma)
    {
        var issuer = new CertificateIssuer(cma);
        return
        [
            new SendCertificateExchange(cma, issuer),
            new ReceiveCertificatesExchange(cma, issuer, new Recipients(cma)),
            new ExternalSeedKeyExchange(cma, new ReceiveCertificateCheck(cma, issuer), new SeedKeys(cma)),
        ];
    }
}
