using System.IO.Pipelines;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Protocol.Derivation;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Protects messages to users of any domain by send and receive certificates (CKI Part 2 C.15–C.16, profile section 5), streaming.</summary>
public static class MessageSealer
{
    /// <summary>Seals a content.</summary>
    /// <param name="content">The content, read to its end; at most 2^36 − 32 octets.</param>
    /// <param name="message">Where the CMS ContentInfo goes: DER for short contents, BER for others.</param>
    /// <param name="options">By whom and to whom.</param>
    /// <param name="provider">What encrypts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops it; the message is then incomplete.</param>
    /// <returns>When the message is written.</returns>
    /// <exception cref="ArgumentException">There is no recipient, one stands twice, the key is not that of the certificate, or a signature is asked for in the OpenSSL scheme.</exception>
    /// <exception cref="CkiProtocolException">A certificate or the revocation list breaks a rule; the message names it.</exception>
    /// <exception cref="CryptoProviderException">A device failed.</exception>
    public static async Task SealAsync(
        Stream content, Stream message, SealerOptions options, CryptoProvider provider, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(time);
        var envelope = Prepare(options, provider, time.GetUtcNow());
        if (options.Signer is not { } signer)
        {
            await MessageEnvelopes.EncryptAsync(content, message, envelope, provider, cancellationToken).ConfigureAwait(false);
            return;
        }

        var signing = new SigningOptions { Signers = [signer], SigningTime = time.GetUtcNow() };
        var pipe = new Pipe(new PipeOptions(useSynchronizationContext: false));
        await Task.WhenAll(
            FillAsync(pipe.Writer, content, signing, cancellationToken),
            DrainAsync(pipe.Reader, message, envelope, provider, cancellationToken)).ConfigureAwait(false);
    }

    private static async Task FillAsync(PipeWriter writer, Stream content, SigningOptions signing, CancellationToken cancellationToken)
    {
        try
        {
            await SignedMessages.SignAsync(content, writer.AsStream(leaveOpen: true), signing, cancellationToken).ConfigureAwait(false);
            await writer.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await writer.CompleteAsync(exception).ConfigureAwait(false); // the reader fails, too: half a content is never sealed
            throw;
        }
    }

    private static async Task DrainAsync(PipeReader reader, Stream message, EnvelopeOptions envelope, CryptoProvider provider, CancellationToken cancellationToken)
    {
        try
        {
            await MessageEnvelopes.EncryptAsync(reader.AsStream(leaveOpen: true), message, envelope, provider, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static EnvelopeOptions Prepare(SealerOptions options, CryptoProvider provider, DateTimeOffset now)
    {
        RequireOptions(options);
        var standing = new CertificateStanding(options.Issuer, provider, now);
        Require(standing.FindIssuerFault());
        Require(standing.FindFault(options.SendCertificate, DatedKeyUsage.Send, mustBeValid: true));
        if (!DhPublicKeys.TryDecode(options.SendCertificate.SubjectPublicKeyInfo, options.Groups, out var group, out var own))
            throw new CkiProtocolException("sendCertificate.subjectPublicKeyInfo: it is no Diffie–Hellman key of a configured group (profile section 1).");
        if (!own.AsSpan().SequenceEqual(options.SendKey.PublicValue.Span))
            throw new ArgumentException("The key is not that of the send certificate.", nameof(options));
        var encryption = KeyEncryption.Of(options.Scheme);
        var recipients = options.Recipients.Select(recipient => Recipient(recipient, options, standing, group, encryption, provider)).ToList();
        recipients.Sort((one, other) => one.Place.AsSpan().SequenceCompareTo(other.Place));
        var receive = recipients.ConvertAll(recipient => recipient.Receive);
        return new EnvelopeOptions
        {
            Recipients = recipients,
            ContentType = options.Signer is null ? CryptographicMessageSyntax2004Values.IdData : CryptographicMessageSyntax2004Values.IdCtContentInfo,
            AuthenticatedAttributes = encryption.HasAttributes ? [MessageCertificateHashes.Make(options.SendCertificate, receive)] : [],
            OriginatorCertificates = [options.SendCertificate, .. receive],
        };
    }

    private static SealedRecipient Recipient(
        SealingRecipient recipient, SealerOptions options, CertificateStanding standing, DhGroup group, KeyEncryption encryption, CryptoProvider provider)
    {
        var receive = recipient.ReceiveCertificate;
        Require(standing.FindFault(receive, DatedKeyUsage.Receive, mustBeValid: true));
        if (!receive.Subject.Equals(recipient.User))
            throw new CkiProtocolException($"receiveCertificate.subject: {receive.Subject} is not {recipient.User} (profile section 5).");
        if (!DhPublicKeys.TryDecode(receive.SubjectPublicKeyInfo, options.Groups, out var theirs, out var publicValue) || !theirs.Equals(group))
            throw new CkiProtocolException($"receiveCertificate.subjectPublicKeyInfo: that of {receive.Subject} is not in the group of the send certificate (profile section 1).");
        return new SealedRecipient(encryption, options.SendCertificate, options.SendKey, receive, publicValue, provider);
    }

    private static void RequireOptions(SealerOptions options)
    {
        if (options.Recipients.Count == 0)
            throw new ArgumentException("There is no recipient.", nameof(options));
        if (options.Recipients.Select(recipient => recipient.ReceiveCertificate).Distinct().Count() != options.Recipients.Count)
            throw new ArgumentException("A recipient stands twice.", nameof(options));
        if (options.Signer is not null && options.Scheme == SealingScheme.OpenSsl)
            throw new ArgumentException("The OpenSSL scheme has no signature inside; sign the content before.", nameof(options));
    }

    private static void Require(SealingFault? fault)
    {
        if (fault is not null)
            throw new CkiProtocolException(fault.Reason);
    }
}
