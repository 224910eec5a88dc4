using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Server;

/// <summary>Is the certificate management authority of a domain (CKI Part 2 §III.D), without I/O of its own.</summary>
/// <remarks>
/// A request goes straight through: decode, check header and sender, authorise, repeat the stored answer or decide, commit, encode.
/// What it acknowledges is durable. The same request gets the octets of the same body again, also after a restart.
/// </remarks>
public sealed class Cma : IMessageHandler, IDisposable
{
    private readonly CmaOptions _options;
    private readonly ICmaStore _store;
    private readonly TimeProvider _time;
    private readonly MessageClock _clock;
    private readonly MessageWriter _writer;
    private readonly RequestRules _rules;
    private readonly SendCertificateService _sendCertificates;

    /// <summary>Creates the authority.</summary>
    /// <param name="options">Its certificate, key and policy.</param>
    /// <param name="store">Where it keeps what it must not forget.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">
    /// The key is not that of the certificate or cannot do the algorithm, the storage key has a wrong length, or the provider's Diffie–Hellman is not constant-time.
    /// </exception>
    public Cma(CmaOptions options, ICmaStore store, CryptoProvider provider, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(provider);
        if (!provider.DiffieHellman.IsConstantTime)
        {
            throw new ArgumentException("The provider's Diffie–Hellman is not constant-time; a CMA does not compute its users' keys with it.", nameof(provider));
        }

        if (!options.SigningKey.SubjectPublicKeyInfo.Span.SequenceEqual(options.Certificate.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException("The signing key is not the key of the CMA certificate.", nameof(options));
        }

        if (!options.SigningKey.Algorithms.Contains(options.SignatureAlgorithm))
        {
            throw new ArgumentException($"The signing key cannot do {options.SignatureAlgorithm}.", nameof(options));
        }

        if (options.StorageKey.Length != Derivation.KeyDerivation.KeyLength)
        {
            throw new ArgumentException($"The storage key has {options.StorageKey.Length} octets, not {Derivation.KeyDerivation.KeyLength}.", nameof(options));
        }

        _options = options;
        _store = store;
        _time = time;
        _clock = new MessageClock(store, time);
        _writer = new MessageWriter(options.Certificate.Subject, provider.Random);
        _rules = new RequestRules(options.Certificate.Subject, options, time);
        var keys = new InteroperabilityKeyRing(store, provider, options.StorageKey);
        _sendCertificates = new SendCertificateService(options, store, keys, provider, time);
        Administration = new CmaAdministration(options, store, keys, provider, _writer, _clock);
    }

    /// <summary>Gets what the operator does: keys, users.</summary>
    public CmaAdministration Administration { get; }

    /// <inheritdoc/>
    public async ValueTask<HandlingResult> HandleAsync(DeliveredMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        PKIMessage request;
        try
        {
            request = MessageReader.Decode(message.Octets);
        }
        catch (Exception exception) when (exception is DerException or CkiProtocolException)
        {
            return new HandlingResult.Refused(exception.Message);
        }

        return request.Body is PKIBody.CkiSCrr content
            ? await SendCertificateAsync(request, content.Value, message, cancellationToken).ConfigureAwait(false)
            : new HandlingResult.Refused($"body: this CMA does not serve {request.Body.GetType().Name} (CKI Part 2 ¶16).");
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAnnouncementAsync(
        Peer peer, SecurityServices services, ReadOnlyMemory<byte>? acknowledged, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);

        // What waits may be a key (CKI Part 2 ¶71): it goes nowhere that others could read.
        if (services != SecurityServices.All)
        {
            return null;
        }

        // A revoked user gets no keys: they wait until he is no longer revoked.
        var recipient = peer.Name.Canonical;
        if (await _store.FindUserAsync(recipient, cancellationToken).ConfigureAwait(false) is { IsRevoked: true })
        {
            return null;
        }

        var next = await _store.PeekAnnouncementAsync(recipient, cancellationToken).ConfigureAwait(false);
        if (next is not null && acknowledged is { } taken && taken.Span.SequenceEqual(next.Message.Span))
        {
            await _store.RemoveAnnouncementAsync(recipient, next.Number, cancellationToken).ConfigureAwait(false);
            next = await _store.PeekAnnouncementAsync(recipient, cancellationToken).ConfigureAwait(false);
        }

        return next?.Message;
    }

    /// <inheritdoc/>
    public void Dispose() => _clock.Dispose();

    private async ValueTask<HandlingResult> SendCertificateAsync(
        PKIMessage request, CKISendCertReqContent content, DeliveredMessage delivered, CancellationToken cancellationToken)
    {
        var refusal = _rules.Check(request, delivered)
            ?? await _sendCertificates.AuthoriseAsync(content, delivered.Sender!.Name, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            // Nothing is stored for those who may not ask: they could fill the store, and the refusal is the same each time.
            return await AnswerAsync(request, delivered, Refusal(refusal), refusal.ToString(), cancellationToken).ConfigureAwait(false);
        }

        var transaction = new TransactionKey(delivered.Sender!.Name.Canonical, request.Header.TransactionID!.Value.ToHex());
        var hash = SHA256.HashData(MessageReader.BodyOctets(request));
        var stored = await _store.FindAnswerAsync(transaction, cancellationToken).ConfigureAwait(false)
            ?? await DecideAsync(content, transaction, hash, cancellationToken).ConfigureAwait(false);
        if (!stored.RequestHash.Span.SequenceEqual(hash))
        {
            var reuse = new Rejection(
                PKIFailureInfo.InvalidRequestParameters, "header.transactionID", "it was used for another request", "profile section 4", "Use 16 fresh random octets.");
            return await AnswerAsync(request, delivered, Refusal(reuse), reuse.ToString(), cancellationToken).ConfigureAwait(false);
        }

        return await AnswerAsync(request, delivered, PKIBody.Decode(stored.Body), stored.Text, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<StoredAnswer> DecideAsync(
        CKISendCertReqContent content, TransactionKey transaction, byte[] hash, CancellationToken cancellationToken)
    {
        var outcome = await _sendCertificates.IssueAsync(content, transaction, cancellationToken).ConfigureAwait(false);
        var (body, text, certificate) = outcome switch
        {
            SendCertificateOutcome.Made made => (Grant(made), null, Issued(made.Certificate)),
            SendCertificateOutcome.Refused refused => (Refusal(refused.Rejection), refused.Rejection.ToString(), (IssuedCertificate?)null),
            _ => throw new InvalidOperationException(outcome.GetType().Name),
        };
        var answer = new StoredAnswer(hash, body.Encode(), text, _time.GetUtcNow());
        return await _store.CommitAsync(transaction, answer, certificate, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<HandlingResult> AnswerAsync(
        PKIMessage request, DeliveredMessage delivered, PKIBody body, string? text, CancellationToken cancellationToken)
    {
        var now = await _clock.NextAsync(cancellationToken).ConfigureAwait(false);
        return new HandlingResult.Answer(_writer.Answer(request.Header, body, now, text, delivered.Sender?.Name).Encode());
    }

    private static PKIBody.CkiSCrp Grant(SendCertificateOutcome.Made made) => new(new CKISendCertRepContent
    {
        Status = new PKIStatusInfo { Status = made.IsModified ? PKIStatus.GrantedWithMods : PKIStatus.Granted },
        SendCertificate = made.Certificate.Value,
    });

    private static PKIBody.CkiSCrp Refusal(Rejection rejection) => new(new CKISendCertRepContent
    {
        Status = new PKIStatusInfo { Status = PKIStatus.Rejection, FailInfo = rejection.Failure },
    });

    private static IssuedCertificate Issued(CkiSdk.Pki.Certificates.Certificate certificate) =>
        new(certificate.SerialNumber.ToUnsigned().ToArray(), "send", certificate.Subject.Canonical, certificate.NotAfter, certificate.Encoded);
}
