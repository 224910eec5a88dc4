using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.ANSIX942;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Protocol.Derivation;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Finds the user's part of a sealed message, checks the certificates that it stands on, and decrypts the key of the content (CKI Part 2 C.18–C.21).</summary>
internal sealed class SealedMessageKey(OpenerOptions options, CryptoProvider provider, DateTimeOffset now) : EnvelopeKey, IDisposable
{
    private readonly KeyEncryption _encryption = KeyEncryption.Of(options.Scheme);
    private IReadOnlyList<Certificate> _receive = [];
    private KeyAgreeRecipientInfo? _mine;
    private IDhKey? _key;
    private byte[] _peer = [];

    /// <summary>Gets what keeps the message from being opened; null for nothing so far.</summary>
    public SealingFault? Fault { get; private set; }

    /// <summary>Gets the send certificate; null if the message has none.</summary>
    public Certificate? Send { get; private set; }

    /// <summary>Gets the user's receive certificate; null if the message has none.</summary>
    public Certificate? Receive { get; private set; }

    /// <summary>Gets the receive certificates in the order of the recipients.</summary>
    public IReadOnlyList<Certificate> Recipients => _receive;

    /// <inheritdoc/>
    public override async ValueTask PrepareAsync(IReadOnlyList<Certificate> certificates, IReadOnlyList<RecipientInfo> recipients, CancellationToken cancellationToken)
    {
        Fault = ReadParts(certificates, recipients)
            ?? await CheckCertificatesAsync(cancellationToken).ConfigureAwait(false)
            ?? await FindKeyAsync(cancellationToken).ConfigureAwait(false);
        if (Fault is not null)
            _mine = null;
    }

    /// <inheritdoc/>
    public override bool IsFor(RecipientInfo recipient) => recipient is RecipientInfo.Kari { Value: var info } && ReferenceEquals(info, _mine);

    /// <inheritdoc/>
    public override async ValueTask<Secret?> DecryptKeyAsync(RecipientInfo recipient, CryptoProvider provider, CancellationToken cancellationToken)
    {
        using var shared = await _key!.AgreeAsync(_peer, cancellationToken).ConfigureAwait(false);
        using var wrappingKey = _encryption.Derive(shared, _mine!.Ukm!.Value.Value.Memory, Send!, Receive!);
        return provider.KeyWrap.Unwrap(wrappingKey, _mine.RecipientEncryptedKeys[0].EncryptedKey.Value.Span);
    }

    /// <summary>Gives the attributes that the message must have; the octets of its own are compared with them.</summary>
    public AuthAttributes? RequiredAttributes(ObjectIdentifier contentType) =>
        _encryption.HasAttributes && Send is not null ? MessageCertificateHashes.MakeAll(contentType, MessageCertificateHashes.Make(Send, _receive)) : null;

    /// <inheritdoc/>
    public void Dispose() => _key?.Dispose();

    private static SealingFault NotSealed(string reason) => new(OpeningRefusal.NotSealed, reason);

    private SealingFault? ReadParts(IReadOnlyList<Certificate> certificates, IReadOnlyList<RecipientInfo> recipients)
    {
        var senders = certificates.Where(certificate => certificate.KeyUsage == (KeyUsage.KeyAgreement | KeyUsage.EncipherOnly)).ToList();
        if (senders.Count != 1)
            return NotSealed($"originatorInfo: {senders.Count} send certificates instead of one (profile section 5).");
        Send = senders[0];
        if (!DhPublicKeys.TryDecode(Send.SubjectPublicKeyInfo, options.Groups, out _, out var publicValue))
            return new SealingFault(OpeningRefusal.WrongCertificate, "sendCertificate.subjectPublicKeyInfo: it is no Diffie–Hellman key of a configured group (profile section 1).");
        _peer = publicValue;
        var receive = new List<Certificate>(recipients.Count);
        foreach (var recipient in recipients)
        {
            if (recipient is not RecipientInfo.Kari { Value: var info } || !HasForm(info, out var name))
                return NotSealed("recipientInfos: one has not the form of this scheme (profile section 5).");
            if (certificates.FirstOrDefault(certificate => CertificateNames.IsMeant(name, certificate)) is not { } found)
                return NotSealed("originatorInfo: the receive certificate of a recipient is missing (profile section 5).");
            receive.Add(found);
            if (_mine is null && found.Subject.Equals(options.User))
                (_mine, Receive) = (info, found);
        }

        _receive = receive;
        return _mine is null ? new SealingFault(OpeningRefusal.NotAddressed, $"recipientInfos: none is for {options.User}.") : null;
    }

    private bool HasForm(KeyAgreeRecipientInfo info, out IssuerAndSerialNumber name)
    {
        name = null!;
        if (info.Version != CMSVersion.V3 || info.KeyEncryptionAlgorithm != _encryption.Algorithm || !IsSender(info.Originator)
            || info.Ukm is not { Value.Length: KeyEncryption.KeyingMaterialLength }
            || info.RecipientEncryptedKeys.Value is not { Count: 1 } keys
            || keys[0].Rid is not KeyAgreeRecipientIdentifier.IssuerAndSerialNumber { Value: var found })
            return false;
        name = found;
        return true;
    }

    // The originator is the send certificate, by name or by its public value; nobody else's key is agreed with.
    private bool IsSender(OriginatorIdentifierOrKey originator) => originator switch
    {
        OriginatorIdentifierOrKey.IssuerAndSerialNumber { Value: var name } when options.Scheme == SealingScheme.TokenKey => CertificateNames.IsMeant(name, Send!),
        OriginatorIdentifierOrKey.OriginatorKey { Value: var key } when options.Scheme == SealingScheme.OpenSsl =>
            key.Algorithm.Algorithm == ANSIX942Values.Dhpublicnumber && key.Algorithm.Parameters is null && key.PublicKey.UnusedBits == 0
            && Der.TryDecode<DHPublicKey>(key.PublicKey.Octets, out var y) && y.Value == Integer.FromUnsigned(_peer),
        _ => false,
    };

    private async ValueTask<SealingFault?> CheckCertificatesAsync(CancellationToken cancellationToken)
    {
        var (send, receive) = (Send!, Receive!);
        if (!receive.Issuer.Equals(send.Issuer) || receive.AuthorityKeyIdentifier != send.AuthorityKeyIdentifier)
            return new SealingFault(
                OpeningRefusal.WrongCertificate, $"receiveCertificate.issuer: it is not that of the send certificate, so that {receive.Issuer} could pose as {send.Subject} (profile section 5).");
        if (await FindIssuerAsync(receive, cancellationToken).ConfigureAwait(false) is not { } issuer)
            return new SealingFault(OpeningRefusal.UnknownIssuer, $"sendCertificate.issuer: {send.Issuer} is no CMA that is trusted.");
        var standing = new CertificateStanding(issuer, provider, now);
        return standing.FindIssuerFault()
            ?? standing.FindFault(send, DatedKeyUsage.Send, mustBeValid: false)
            ?? standing.FindFault(receive, DatedKeyUsage.Receive, mustBeValid: false);
    }

    private async ValueTask<TrustedIssuer?> FindIssuerAsync(Certificate receive, CancellationToken cancellationToken)
    {
        var known = options.Issuers.FirstOrDefault(
            issuer => issuer.Certificate.Subject.Equals(receive.Issuer) && issuer.Certificate.SubjectKeyIdentifier == receive.AuthorityKeyIdentifier);
        return known ?? (options.FindIssuer is null ? null : await options.FindIssuer(receive, cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask<SealingFault?> FindKeyAsync(CancellationToken cancellationToken)
    {
        if (!DhPublicKeys.TryDecode(Receive!.SubjectPublicKeyInfo, options.Groups, out var group, out var own)
            || !DhPublicKeys.TryDecode(Send!.SubjectPublicKeyInfo, options.Groups, out var theirs, out _) || !group.Equals(theirs))
            return new SealingFault(OpeningRefusal.WrongCertificate, "receiveCertificate.subjectPublicKeyInfo: it is not in the group of the send certificate (profile section 1).");
        if (!provider.DiffieHellman.IsValidPublicValue(group, _peer))
            return new SealingFault(OpeningRefusal.WrongCertificate, "sendCertificate.subjectPublicKeyInfo: it is not in the subgroup (profile section 1).");
        _key = await options.FindKey(Receive, cancellationToken).ConfigureAwait(false);
        if (_key is null)
            return new SealingFault(OpeningRefusal.NoKey, "receiveCertificate.subjectKeyIdentifier: no seed key is known under it (CKI Part 2 C.19).");
        return _key.PublicValue.Span.SequenceEqual(own)
            ? null
            : new SealingFault(OpeningRefusal.NoKey, "receiveCertificate.subjectPublicKeyInfo: it is not the public half of the derived key (profile section 1.2).");
    }
}
