using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Client;

/// <summary>Is a user's side of the protocol, without I/O: makes requests, takes announcements, derives the user's keys.</summary>
public sealed class UserAgent : IDisposable
{
    private readonly UserAgentOptions _options;
    private readonly CryptoProvider _provider;
    private readonly TimeProvider _time;
    private readonly MessageWriter _writer;
    private readonly SeedKeyRing _seeds = new();
    private TakenAnnouncement? _taken;

    /// <summary>Creates the agent.</summary>
    /// <param name="options">The user, his CMA, his encryption key.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="time">The clock.</param>
    public UserAgent(UserAgentOptions options, CryptoProvider provider, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(provider);
        _options = options;
        _provider = provider;
        _time = time;
        _writer = new MessageWriter(options.User, provider.Random);
        Rules = new AnswerRules(options.User, options.CmaCertificate.Subject, options.ClockTolerance, time);
    }

    /// <summary>Gets a value indicating whether the user's keys are computed in constant time; BouncyCastle, where libcrypto is absent, does not.</summary>
    public bool IsConstantTime => _provider.DiffieHellman.IsConstantTime;

    /// <summary>Gets the checks of what the CMA sends.</summary>
    internal AnswerRules Rules { get; }

    /// <summary>Makes a request for a send certificate (CKI Part 2 ¶80).</summary>
    /// <param name="suggestedStart">The suggested start of its validity.</param>
    /// <param name="suggestedEnd">The suggested end; null leaves it to the CMA.</param>
    public SendCertificateRequest RequestSendCertificate(DateTimeOffset suggestedStart, DateTimeOffset? suggestedEnd = null)
    {
        var body = new PKIBody.CkiSCrr(new CKISendCertReqContent
        {
            User = _options.User.Name,
            SuggestedValidityStart = GeneralizedTime.From(suggestedStart),
            SuggestedValidityEnd = suggestedEnd is { } end ? GeneralizedTime.From(end) : null,
        });
        return new SendCertificateRequest(this, _writer.Begin(_options.CmaCertificate.Subject, body, _time.GetUtcNow()));
    }

    /// <summary>Takes an announcement of a seed key (CKI Part 2 ¶69, profile section 3).</summary>
    /// <remarks>The announcement taken last may come once more, as transports may deliver it: that changes nothing. An older one is refused.</remarks>
    /// <param name="delivered">The announcement as delivered.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>The DER of the seed key's identifier.</returns>
    /// <exception cref="DerException">The octets are no PKIMessage.</exception>
    /// <exception cref="CkiProtocolException">The announcement breaks a rule, or its key cannot be opened.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> AcceptSeedKeyAsync(DeliveredMessage delivered, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivered);
        var message = MessageReader.Decode(delivered.Octets);
        Rules.CheckKeyAnnouncement(message, delivered);
        var hash = SHA256.HashData(delivered.Octets.Span);
        if (_taken is { } taken && taken.Hash.AsSpan().SequenceEqual(hash))
        {
            return taken.Identifier;
        }

        Rules.CheckAnnouncementOrder(message);
        if (message.Body is not PKIBody.CkiESann content)
        {
            throw new CkiProtocolException($"body: {message.Body.GetType().Name} announces no seed key (CKI Part 2 ¶76).");
        }

        var seed = await SeedKeyEnvelope.OpenAsync(content.Value.ExtSeedKeyInfo, _options.Encryption, _provider, cancellationToken).ConfigureAwait(false)
            ?? throw new CkiProtocolException("seedKey: it cannot be opened (profile section 3).");
        try
        {
            if (!seed.User.Equals(_options.User) || !seed.Cma.Equals(_options.CmaCertificate.Subject))
            {
                throw new CkiProtocolException("extSeedKeyInfo: it is not for this user and this CMA (profile section 3).");
            }

            Rules.TakeAnnouncement(message);
            _seeds.Add(seed);
        }
        catch
        {
            seed.Dispose();
            throw;
        }

        _taken = new TakenAnnouncement(hash, seed.Identifier);
        return seed.Identifier;
    }

    /// <inheritdoc/>
    public void Dispose() => _seeds.Dispose();

    /// <summary>Derives the private key of a certificate of the user's and checks that its public half is the certified one (profile section 1.2).</summary>
    internal async ValueTask<IDhKey> DeriveKeyAsync(Certificate certificate, DatedKeyUsage usage, CancellationToken cancellationToken)
    {
        CheckCertificate(certificate, usage);
        if (!DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, _options.Groups, out var group, out var certified))
        {
            throw new CkiProtocolException(PKIFailureInfo.BadAlg, "subjectPublicKeyInfo: it is no Diffie–Hellman key of a configured group (profile section 1).");
        }

        var identifier = certificate.SubjectKeyIdentifier!.Value.Memory;
        using var seed = _seeds.Find(identifier.Span, certificate.Subject.Encoded.Span)
            ?? throw new CkiProtocolException("subjectKeyIdentifier: no seed key is known under it (CKI Part 2 ¶61).");
        CheckPeriod(certificate, seed);
        using var seedKey = await _provider.Keys.ImportSecretKeyAsync(seed.Key, cancellationToken).ConfigureAwait(false);
        var description = new DatedKeyDescription(usage, group, certificate.NotBefore, certificate.NotAfter, certificate.Subject.Name, identifier);
        using var exponent = await KeyDerivation.PrivateKeyAsync(seedKey, description, cancellationToken).ConfigureAwait(false);
        var key = await _provider.Keys.ImportDhKeyAsync(group, exponent, cancellationToken).ConfigureAwait(false);
        if (!key.PublicValue.Span.SequenceEqual(certified))
        {
            key.Dispose();
            throw new CkiProtocolException("subjectPublicKeyInfo: it is not the public half of the key derived from the seed key (profile section 1.2).");
        }

        return key;
    }

    private void CheckCertificate(Certificate certificate, DatedKeyUsage usage)
    {
        if (!certificate.Issuer.Equals(_options.CmaCertificate.Subject) || !certificate.IsSignedBy(_options.CmaCertificate, _provider))
        {
            throw new CkiProtocolException($"certificate: it is not signed by the CMA {_options.CmaCertificate.Subject} (profile section 2).");
        }

        if (!certificate.Subject.Equals(_options.User) || !DomainRule.Of(_options.CmaCertificate).Admits(certificate.Subject))
        {
            throw new CkiProtocolException($"certificate.subject: {certificate.Subject} is not {_options.User} in the domain of the CMA (profile section 2).");
        }

        var expected = KeyUsage.KeyAgreement | (usage == DatedKeyUsage.Send ? KeyUsage.EncipherOnly : KeyUsage.DecipherOnly);
        if (certificate.KeyUsage != expected || certificate.SubjectKeyIdentifier is null
            || certificate.AuthorityKeyIdentifier is not { } authority || authority != _options.CmaCertificate.SubjectKeyIdentifier)
        {
            throw new CkiProtocolException("certificate: keyUsage, subjectKeyIdentifier or authorityKeyIdentifier is not that of a send or receive certificate (profile section 2).");
        }

        if (CertificateLint.Check(certificate) is [var finding, ..])
        {
            throw new CkiProtocolException($"certificate: {finding}.");
        }

        if (certificate.Value.ToBeSigned.Extensions?.Value.Any(extension => extension.Critical && extension.ExtnId != CertificateExtensionsValues.IdCeKeyUsage) == true)
        {
            throw new CkiProtocolException("certificate: it has a critical extension other than keyUsage (RFC 5280 §4.2, profile section 2).");
        }
    }

    /// <summary>The validity lies within that of the interoperability key, which is the seed key's, and of the CMA certificate (profile section 1.1).</summary>
    private void CheckPeriod(Certificate certificate, SeedKey seed)
    {
        if (certificate.NotBefore < seed.NotBefore || certificate.NotAfter > seed.NotAfter
            || certificate.NotBefore < _options.CmaCertificate.NotBefore || certificate.NotAfter > _options.CmaCertificate.NotAfter)
        {
            throw new CkiProtocolException("certificate.validity: it is not within that of the seed key and of the CMA certificate (profile section 1.1).");
        }
    }
}
