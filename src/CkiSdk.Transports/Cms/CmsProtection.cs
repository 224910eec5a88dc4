using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Pki.Cms.Streaming;
using CkiSdk.Pki.Paths;
using CkiSdk.Protocol;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Transports.Cms;

/// <summary>Protects messages on their way through mail and files: SignedData inside AuthEnvelopedData with AES-256-GCM (CKI profile section 7).</summary>
public sealed class CmsProtection
{
    // What signatures, certificates and headers add to a content, generously.
    private const int Around = 64 * 1024;

    private readonly CmsIdentity _self;
    private readonly CmsNesting? _nesting;
    private volatile Trust _trust;

    /// <summary>Makes it.</summary>
    /// <param name="self">Who protects, and whom he trusts.</param>
    /// <param name="nesting">What stands around the SignedData inside the AuthEnvelopedData, as in S/MIME; null where nothing does.</param>
    /// <exception cref="ArgumentException">There is no anchor, or the two certificates name different parties.</exception>
    public CmsProtection(CmsIdentity self, CmsNesting? nesting = null)
    {
        ArgumentNullException.ThrowIfNull(self);
        if (self.Anchors.Count == 0) throw new ArgumentException("Without an anchor nobody can be authenticated.", nameof(self));
        if (!self.SigningCertificate.Subject.Equals(self.EncryptionCertificate.Subject))
            throw new ArgumentException($"The signing certificate is of {self.SigningCertificate.Subject}, the encryption certificate of {self.EncryptionCertificate.Subject}.", nameof(self));
        (_self, _nesting) = (self, nesting);
        _trust = new Trust(self.Anchors, new PathValidator(self.Anchors, self.Provider));
    }

    /// <summary>Gets the greatest number of octets that a protected message may have.</summary>
    public int Limit => _self.MessageLimit + Around;

    /// <summary>Signs a message and encrypts it to one recipient.</summary>
    /// <param name="message">The message.</param>
    /// <param name="recipient">The certificate of the recipient's encryption key; it must lead to an anchor.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The DER of a ContentInfo, or its BER of indefinite length where it is long.</returns>
    /// <exception cref="ArgumentException">The message is too long, or the certificate is not trusted or not one to encrypt to.</exception>
    public async ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> message, Certificate recipient, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        if (message.Length > _self.MessageLimit) throw new ArgumentException($"The message has {message.Length} octets; {_self.MessageLimit} are the most.", nameof(message));
        if (Fault(recipient, []) is { } fault) throw new ArgumentException($"The certificate of {recipient.Subject} is not trusted: {fault}.", nameof(recipient));
        using var signed = new MemoryStream();
        var signing = new SigningOptions
        {
            Signers = [new MessageSigner { Certificate = _self.SigningCertificate, Key = _self.SigningKey }],
            Certificates = [_self.EncryptionCertificate, .. _self.Intermediates],
        };
        await SignedMessages.SignAsync(new MemoryStream(message.ToArray()), signed, signing, cancellationToken).ConfigureAwait(false);
        using var sealedMessage = new MemoryStream();
        var envelope = new EnvelopeOptions { Recipients = [EnvelopeRecipient.For(recipient)] };
        using var inside = new MemoryStream(_nesting is null ? signed.ToArray() : _nesting.Wrap(signed.ToArray()));
        await MessageEnvelopes.EncryptAsync(inside, sealedMessage, envelope, _self.Provider, cancellationToken).ConfigureAwait(false);
        return sealedMessage.ToArray();
    }

    /// <summary>Tells whether <see cref="ProtectAsync"/> has failed because of the certificate to encrypt to, and not of the message.</summary>
    /// <param name="exception">What it has thrown.</param>
    public static bool IsAboutRecipient(ArgumentException exception) => exception?.ParamName == "recipient";

    /// <summary>Makes of that what a transport says of a party that has another certificate by now.</summary>
    /// <param name="exception">What <see cref="ProtectAsync"/> has thrown.</param>
    public static CkiTransportException NotTrusted(ArgumentException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new(CkiTransportFault.NotAuthenticated, $"{exception.Message.Split(" (Parameter")[0]} The party has another one by now, which comes with its new card or with an enrolment.", exception);
    }

    /// <summary>Opens what arrived: signed and encrypted, or only one of the two, which then has fewer services.</summary>
    /// <param name="octets">A ContentInfo.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>What was inside; null where it is nothing that this party can open, without a reason.</returns>
    public async ValueTask<OpenedMessage?> OpenAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken = default)
    {
        if (octets.Length > Limit) return null;
        try
        {
            var (isSigned, message) = await VerifyAsync(octets, SecurityServices.None, cancellationToken).ConfigureAwait(false);
            if (isSigned) return message;
            if (await DecryptAsync(octets, cancellationToken).ConfigureAwait(false) is not var (type, inside)) return null;
            (isSigned, message) = await VerifyAsync(_nesting?.Unwrap(inside) ?? inside, SecurityServices.Confidentiality, cancellationToken).ConfigureAwait(false);
            if (!isSigned && type == CryptographicMessageSyntax2004Values.IdSignedData)
                (isSigned, message) = await VerifyAsync(AsMessage(inside), SecurityServices.Confidentiality, cancellationToken).ConfigureAwait(false);
            return isSigned ? message : inside.Length > _self.MessageLimit ? null : new OpenedMessage(inside, SecurityServices.None, null, null);
        }
        catch (Exception exception) when (exception is DerException or InvalidOperationException)
        {
            return null;
        }
    }

    private async ValueTask<(ObjectIdentifier Type, ReadOnlyMemory<byte> Inside)?> DecryptAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        var options = new OpeningOptions { RequireAuthentication = true };
        foreach (var key in (IEnumerable<EnvelopeKey>)[_self.EncryptionKey, .. _self.FormerEncryptionKeys])
        {
            await using var content = new StagedBuffer();
            var opened = await MessageEnvelopes.DecryptAsync(new MemoryStream(octets.ToArray()), key, content, _self.Provider, options, cancellationToken).ConfigureAwait(false);
            if (opened.IsOpened && content.Content is { } inside) return (opened.ContentType, inside);
        }

        return null;
    }

    // What is signed by somebody whom we do not accept, or was changed, has no services; what is too long is not taken.
    private async ValueTask<(bool IsSigned, OpenedMessage? Message)> VerifyAsync(ReadOnlyMemory<byte> octets, SecurityServices already, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        SignedMessage verified;
        try
        {
            verified = await SignedMessages.VerifyAsync(new MemoryStream(octets.ToArray()), content, _self.Provider, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (DerException)
        {
            return (false, null);
        }

        if (content.Length > _self.MessageLimit) return (true, null);
        var message = new OpenedMessage(content.ToArray(), SecurityServices.None, null, null);
        if (verified.Signatures is not [{ IsIntact: true, Certificate: { } signer }] || !MaySign(signer) || Fault(signer, verified.Certificates) is not null) return (true, message);
        var peer = new Peer(signer.Subject, signer);
        if ((_self.Peer is not null && !peer.Name.Equals(_self.Peer)) || _self.Accepts?.Invoke(peer) == false) return (true, message);
        // Certificates beside a message are not signed with it: whoever certifies the one for the answer must be who certifies the sender.
        var receives = verified.Certificates.FirstOrDefault(certificate => certificate.Subject.Equals(signer.Subject) && certificate.Issuer.Equals(signer.Issuer) && MayReceive(certificate) && Fault(certificate, verified.Certificates) is null);
        return (true, message with { Services = already | SecurityServices.OriginAuthentication | SecurityServices.Integrity, Sender = peer, Receives = receives });
    }

    // Others who name the content a SignedData put that there alone (RFC 5652 §6.1), without the ContentInfo around it; what this project wrote under that name once had it.
    private static byte[] AsMessage(ReadOnlyMemory<byte> signedData)
    {
        byte[] type = Der.Encode(new ContentType(CryptographicMessageSyntax2004Values.IdSignedData));
        byte[] begin = [0x30, 0x80, .. type, 0xA0, 0x80], end = [0, 0, 0, 0];
        return [.. begin, .. signedData.Span, .. end];
    }

    private string? Fault(Certificate certificate, IReadOnlyList<Certificate> others)
    {
        var path = Validator().Validate(certificate, others, new PathOptions { Time = _self.Time.GetUtcNow() });
        return path.IsValid ? null : path.ToString();
    }

    private PathValidator Validator()
    {
        var trust = _trust;
        if (_self.PresentAnchors?.Invoke() is not { } anchors || ReferenceEquals(anchors, trust.Anchors)) return trust.Validator;
        _trust = trust = new Trust(anchors, new PathValidator(anchors, _self.Provider));
        return trust.Validator;
    }

    private static bool MaySign(Certificate certificate) =>
        certificate.Subject.Count > 0 && (certificate.KeyUsage is not { } usage || usage.Has(KeyUsage.DigitalSignature));

    private static bool MayReceive(Certificate certificate) =>
        certificate.KeyUsage is { } usage && (usage.Has(KeyUsage.KeyAgreement) || usage.Has(KeyUsage.KeyEncipherment));

    private sealed record Trust(IReadOnlyList<TrustAnchor> Anchors, PathValidator Validator);
}
