using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Crypto;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Messages;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Client;

/// <summary>Is a user's side of the protocol, without I/O: makes requests, takes announcements, derives the user's keys.</summary>
public sealed partial class UserAgent : IDisposable
{
    private readonly UserAgentOptions _options;
    private readonly CryptoProvider _provider;
    private readonly TimeProvider _time;
    private readonly MessageWriter _writer;
    private readonly SeedKeyRing _seeds = new();
    private readonly KnownAuthorities _authorities;
    private readonly CertificateCheck _check;
    private readonly KnownCrls _crls;
    private readonly PinnedAuthorities _pinned;
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
        _pinned = new PinnedAuthorities(options, provider, time);
        _authorities = new KnownAuthorities(options.CmaCertificate, _pinned, provider, time);
        _crls = new KnownCrls(provider);
        _check = new CertificateCheck(_authorities, _crls, options.Groups, provider);
        Rules = new AnswerRules(options.User, options.CmaCertificate.Subject, options.ClockTolerance, options.ReplayWindow, time);
    }

    /// <summary>Gets a value indicating whether the user's keys are computed in constant time; BouncyCastle, where libcrypto is absent, does not.</summary>
    public bool IsConstantTime => _provider.DiffieHellman.IsConstantTime;

    /// <summary>Gets the checks of what the CMA sends.</summary>
    internal AnswerRules Rules { get; }

    /// <summary>Makes a request for a send certificate (CKI Part 2 ¶80).</summary>
    /// <param name="suggestedStart">The suggested start of its validity.</param>
    /// <param name="suggestedEnd">The suggested end; null leaves it to the CMA.</param>
    public SendCertificateRequest RequestSendCertificate(DateTimeOffset suggestedStart, DateTimeOffset? suggestedEnd = null) =>
        new(this, Begin(new PKIBody.CkiSCrr(new CKISendCertReqContent
        {
            User = _options.User.Name,
            SuggestedValidityStart = GeneralizedTime.From(suggestedStart),
            SuggestedValidityEnd = suggestedEnd is { } end ? GeneralizedTime.From(end) : null,
        })));

    /// <summary>Makes a request for receive certificates of others (CKI Part 2 ¶92).</summary>
    /// <param name="recipients">Who shall receive messages, of any domain.</param>
    /// <param name="suggestedStart">The suggested start of their validity.</param>
    /// <param name="suggestedEnd">The suggested end; null leaves it to the CMA.</param>
    public ReceiveCertificatesRequest RequestReceiveCertificates(
        IReadOnlyList<DistinguishedName> recipients, DateTimeOffset suggestedStart, DateTimeOffset? suggestedEnd = null)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        return new ReceiveCertificatesRequest(this, Begin(new PKIBody.CkiRCrr(new CKIRecCertReqContent
        {
            RecipientUsers = (SequenceOf<Name>)recipients.Select(recipient => recipient.Name).ToArray(),
            SuggestedValidityStart = GeneralizedTime.From(suggestedStart),
            SuggestedValidityEnd = suggestedEnd is { } end ? GeneralizedTime.From(end) : null,
        })));
    }

    /// <summary>Makes a request for the seed key that belongs to a receive certificate (CKI Part 2 ¶64), one's own or that of a user for whom one may act (¶65).</summary>
    /// <param name="receiveCertificate">The receive certificate, as it came with a message.</param>
    public ExternalSeedKeyRequest RequestExternalSeedKey(Certificate receiveCertificate)
    {
        ArgumentNullException.ThrowIfNull(receiveCertificate);
        return new ExternalSeedKeyRequest(this, WithEncryptionCertificate(Begin(new PKIBody.CkiESrr(receiveCertificate.Value))));
    }

    /// <summary>Makes a request for the private keys of others' certificates (CKI Part 2 ¶122), by one who may ask for them.</summary>
    /// <param name="certificates">The certificates; all that they say goes into the request.</param>
    public KeyRecoveryRequest RequestKeyRecovery(IReadOnlyList<Certificate> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        var templates = certificates.Select((certificate, index) => new FullCertTemplate
        {
            CertReqId = index,
            CertTemplate = new CertTemplate
            {
                Serial = certificate.SerialNumber,
                Subject = certificate.Subject.Name,
                Validity = new OptionalValidity { NotBefore = GeneralizedTime.From(certificate.NotBefore), NotAfter = GeneralizedTime.From(certificate.NotAfter) },
                Issuer = certificate.Issuer.Name,
                PublicKey = certificate.Value.ToBeSigned.SubjectPublicKeyInfo,
                Extensions = certificate.Value.ToBeSigned.Extensions,
            },
        }).ToArray();
        var body = new PKIBody.Krr(new InitReqContent { FullCertTemplates = new FullCertTemplates((SequenceOf<FullCertTemplate>)templates) });
        return new KeyRecoveryRequest(this, WithEncryptionCertificate(Begin(body)), certificates);
    }

    /// <summary>Takes an announcement of the user's CMA: a seed key, certificates, CRLs.</summary>
    /// <remarks>The announcement taken last may come once more, as transports may deliver it: that changes nothing. An older one is refused.</remarks>
    /// <param name="delivered">The announcement as delivered.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>What it was.</returns>
    /// <exception cref="DerException">The octets are no PKIMessage.</exception>
    /// <exception cref="CkiProtocolException">The announcement breaks a rule, or its key cannot be opened.</exception>
    public async ValueTask<AgentAnnouncement> AcceptAsync(DeliveredMessage delivered, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivered);
        var message = MessageReader.Decode(delivered.Octets);
        Rules.CheckAnnouncement(message, delivered);

        // The nonce differs where it comes over another bound connection (CKI Part 2 ¶136); the transaction and the body do not.
        var hash = SHA256.HashData((byte[])[.. message.Header.TransactionID!.Value.Span, .. MessageReader.BodyOctets(message)]);
        if (_taken is { } taken && taken.Hash.AsSpan().SequenceEqual(hash))
        {
            return taken.Announcement;
        }

        Rules.CheckAnnouncementOrder(message);
        var announcement = message.Body switch
        {
            PKIBody.CkiESann content => await TakeSeedAsync(message, content.Value, delivered, cancellationToken).ConfigureAwait(false),
            PKIBody.CkiSCann content => await TakeSendCertificateAsync(message, Certificate.From(content.Value), delivered, cancellationToken).ConfigureAwait(false),
            PKIBody.CkiRCann content => TakeReceiveCertificates(message, [.. content.Value.Value.Select(Certificate.From)], delivered),
            PKIBody.Crlann content => TakeCrls(message, content.Value, delivered),
            _ => throw new CkiProtocolException($"body: {message.Body.GetType().Name} announces nothing to a user (CKI Part 2 ¶11, ¶16)."),
        };
        _taken = AnswerRules.IsAuthenticated(delivered) ? new TakenAnnouncement(hash, announcement) : _taken;
        return announcement;
    }

    /// <summary>Finds the CMA certificate that a send or receive certificate names as its issuer's: that of the user's CMA or, supplied by it, of another domain's (CKI Part 2 ¶63).</summary>
    /// <param name="certificate">The certificate.</param>
    /// <returns>The CMA certificate; null where it is not known.</returns>
    public Certificate? FindAuthority(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return _authorities.Find(certificate);
    }

    /// <summary>Tells whether a CRL of its issuer revokes a CMA certificate (CKI Part 2 ¶104): no certificate under it is used, and nothing that was sealed under one is opened.</summary>
    /// <param name="authority">The CMA certificate.</param>
    public bool IsRevoked(Certificate authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        return _check.IsRevoked(authority);
    }

    /// <summary>Finds the latest CRL of a CMA certificate, current or not; without a current one nothing is sealed (profile section 4).</summary>
    /// <param name="authority">The CMA certificate.</param>
    /// <returns>The CRL; null where none has come.</returns>
    public RevocationList? FindCrl(Certificate authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        return _crls.Find(authority);
    }

    /// <summary>Checks a send or receive certificate of anybody: its issuer's signature, form, validity within the CMA certificate, public value (profile section 2).</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="usage">What it must be for.</param>
    /// <returns>Its group and public value, big-endian.</returns>
    /// <exception cref="CkiProtocolException">It breaks a rule.</exception>
    public (DhGroup Group, ReadOnlyMemory<byte> PublicValue) CheckCertificate(Certificate certificate, DatedKeyUsage usage)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var (group, publicValue, _) = _check.Check(certificate, usage);
        return (group, publicValue);
    }

    /// <summary>Tells whether the seed key is known that a certificate of the user names.</summary>
    /// <param name="certificate">The certificate.</param>
    public bool HasSeed(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        using var seed = FindSeed(certificate);
        return seed is not null;
    }

    /// <summary>Derives the private key of a send or receive certificate of the user, if its public half is the certified one.</summary>
    /// <param name="certificate">The certificate: a send certificate of the user's CMA, or a receive certificate of any CMA.</param>
    /// <param name="usage">What it is for.</param>
    /// <param name="cancellationToken">Cancels the derivation.</param>
    /// <exception cref="CkiProtocolException">The certificate breaks a rule, or its seed key is not known (CKI Part 2 ¶61).</exception>
    public async ValueTask<IDhKey> DeriveKeyAsync(Certificate certificate, DatedKeyUsage usage, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        using var seed = FindSeed(certificate);
        return await DeriveKeyAsync(certificate, usage, seed, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _seeds.Dispose();

    internal async ValueTask<IDhKey> DeriveKeyAsync(Certificate certificate, DatedKeyUsage usage, SeedKey? seed, CancellationToken cancellationToken)
    {
        var (group, certified, _) = _check.Check(certificate, usage);
        if (usage == DatedKeyUsage.Send && !(certificate.Subject.Equals(_options.User) && certificate.Issuer.Equals(_options.CmaCertificate.Subject)))
        {
            throw new CkiProtocolException($"certificate.subject: {certificate.Subject} is not {_options.User} in the domain of the CMA (profile section 2).");
        }

        if (seed is null)
        {
            throw new CkiProtocolException("subjectKeyIdentifier: no seed key is known under it (CKI Part 2 ¶61).");
        }

        if (!seed.Cma.Equals(certificate.Issuer) || certificate.NotBefore < seed.NotBefore || certificate.NotAfter > seed.NotAfter)
        {
            throw new CkiProtocolException("certificate.validity: it is not within that of the seed key, or another CMA's (profile section 1.1).");
        }

        return await DeriveKeyAsync(certificate, usage, seed, group, certified, cancellationToken).ConfigureAwait(false);
    }

    internal async ValueTask<SeedKey> OpenSeedAsync(ExtSeedKeyInfo sealedKey, CancellationToken cancellationToken) =>
        await SeedKeyEnvelope.OpenAsync(sealedKey, _options.Encryption, _provider, cancellationToken).ConfigureAwait(false)
            ?? throw new CkiProtocolException("seedKey: it cannot be opened (profile section 3).");

    internal async ValueTask<IDhKey> OpenPrivateKeyAsync(EncryptedValue? value, CancellationToken cancellationToken)
    {
        var opened = value is null ? null : await PrivateKeyEnvelope.OpenAsync(value, _options.Groups, _options.Encryption, _provider, cancellationToken).ConfigureAwait(false);
        if (opened is not { } found)
        {
            throw new CkiProtocolException("keyPairHist.privateKey: it cannot be opened (profile section 3).");
        }

        using var exponent = found.Exponent;
        return await _provider.Keys.ImportDhKeyAsync(found.Group, exponent, cancellationToken).ConfigureAwait(false);
    }

    internal void AddSeed(SeedKey seed) => _seeds.Add(seed);

    internal void TakeAuthority(Certificate certificate, DistinguishedName cma)
    {
        if (!certificate.Subject.Equals(cma))
        {
            throw new CkiProtocolException($"externalCMACertificate: it is that of {certificate.Subject}, not of {cma} (CKI Part 2 ¶63).");
        }

        _authorities.Add(certificate);
    }

    internal void CheckIssuedHere(Certificate certificate, DatedKeyUsage usage)
    {
        if (!certificate.Issuer.Equals(_options.CmaCertificate.Subject))
        {
            throw new CkiProtocolException($"certificate: it is issued by {certificate.Issuer}, not by the user's CMA (profile section 2).");
        }

        _ = _check.Check(certificate, usage);
    }

    private async ValueTask<IDhKey> DeriveKeyAsync(
        Certificate certificate, DatedKeyUsage usage, SeedKey seed, DhGroup group, byte[] certified, CancellationToken cancellationToken)
    {
        var identifier = certificate.SubjectKeyIdentifier!.Value.Memory;
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

    private SeedKey? FindSeed(Certificate certificate) =>
        certificate.SubjectKeyIdentifier is { } identifier ? _seeds.Find(identifier.Span, certificate.Subject.Encoded.Span) : null;

    // The CMA may know no encryption certificate, or one that has expired (profile section 3).
    private PKIMessage WithEncryptionCertificate(PKIMessage message) =>
        message with { ExtraCerts = (SequenceOf<Asn1.Modules.AuthenticationFramework.Certificate>)new[] { _options.Encryption.Certificate.Value } };

    private PKIMessage Begin(PKIBody body) => MessageTrace.Stamp(_writer.Begin(_options.CmaCertificate.Subject, body, _time.GetUtcNow()));

    private async ValueTask<AgentAnnouncement> TakeSeedAsync(PKIMessage message, CKIExtSeedKeyAnnContent content, DeliveredMessage delivered, CancellationToken cancellationToken)
    {
        var seed = await OpenSeedAsync(content.ExtSeedKeyInfo, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!seed.User.Equals(_options.User))
            {
                throw new CkiProtocolException("extSeedKeyInfo: it is not for this user (profile section 3).");
            }

            if (content.ExternalCMACertificate is { } authority)
            {
                TakeAuthority(Certificate.From(authority), seed.Cma);
            }

            Rules.TakeAnnouncement(message, delivered);
            _seeds.Add(seed);
        }
        catch
        {
            seed.Dispose();
            throw;
        }

        return new AgentAnnouncement.SeedKey(seed.Identifier, seed.Cma);
    }

    private async ValueTask<AgentAnnouncement> TakeSendCertificateAsync(PKIMessage message, Certificate certificate, DeliveredMessage delivered, CancellationToken cancellationToken)
    {
        using var key = await DeriveKeyAsync(certificate, DatedKeyUsage.Send, cancellationToken).ConfigureAwait(false);
        Rules.TakeAnnouncement(message, delivered);
        return new AgentAnnouncement.SendCertificate(certificate);
    }

    private AgentAnnouncement.RevocationLists TakeCrls(PKIMessage message, CRLAnnContent content, DeliveredMessage delivered)
    {
        var lists = _crls.Read(content, [.. _authorities.All, .. _pinned.Anchors], AnswerRules.IsAuthenticated(delivered));
        Rules.TakeAnnouncement(message, delivered);
        _pinned.Take((message.ExtraCerts ?? default(SequenceOf<Asn1.Modules.AuthenticationFramework.Certificate>)).Select(Certificate.From));
        return new AgentAnnouncement.RevocationLists(_crls.Add(lists));
    }

    private AgentAnnouncement.ReceiveCertificates TakeReceiveCertificates(PKIMessage message, IReadOnlyList<Certificate> certificates, DeliveredMessage delivered)
    {
        foreach (var certificate in certificates)
        {
            CheckIssuedHere(certificate, DatedKeyUsage.Receive);
        }

        Rules.TakeAnnouncement(message, delivered);
        return new AgentAnnouncement.ReceiveCertificates(certificates);
    }
}
