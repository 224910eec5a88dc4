using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Pki.Cms.Streaming;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Opens protected messages (CKI Part 2 C.18–C.22, profile section 5), streaming; what does not stand every check releases nothing.</summary>
public static class MessageOpener
{
    /// <summary>Opens a message.</summary>
    /// <param name="message">The CMS ContentInfo, DER or BER, read to its end.</param>
    /// <param name="stage">
    /// Makes a place where a content waits until all of it is known to be good; its stream can seek. It is called once, and once more for a message with a signature inside; only the last place is committed.
    /// </param>
    /// <param name="options">Who opens, and whom he trusts.</param>
    /// <param name="provider">What decrypts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops it; nothing is released then.</param>
    /// <returns>Whether it was opened; if not, why, as far as that may be told.</returns>
    /// <exception cref="DerException">The octets are no CMS message that is encrypted.</exception>
    /// <exception cref="CryptoProviderException">A device failed.</exception>
    public static async Task<OpenedMessage> OpenAsync(
        Stream message, Func<IStagedOutput> stage, OpenerOptions options, CryptoProvider provider, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(time);
        using var key = new SealedMessageKey(options, provider, time.GetUtcNow());
        var content = stage();
        await using (content.ConfigureAwait(false))
        {
            var envelope = new OpeningOptions
            {
                RequiredAttributes = (contentType, _) => key.RequiredAttributes(contentType),
                RequireAuthentication = true,
                Limits = options.Limits,
            };
            var opened = await MessageEnvelopes.DecryptAsync(message, key, new HeldStage(content), provider, envelope, cancellationToken).ConfigureAwait(false);
            var result = new OpenedMessage
            {
                Refusal = OpeningRefusal.NotAuthentic,
                SendCertificate = key.Send,
                HasSendCertificateEnded = key.Send?.NotAfter < time.GetUtcNow(),
                ReceiveCertificate = key.Receive,
                Recipients = [.. key.Recipients.Select(certificate => certificate.Subject)],
            };
            if (key.Fault is { } fault)
                return result with { Refusal = fault.Refusal, Reason = fault.Reason };
            if (!opened.IsOpened || opened.Algorithm != ContentEncryption.Aes256Gcm)
                return result;
            return await ReleaseAsync(opened.ContentType, content, stage, result, provider, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<OpenedMessage> ReleaseAsync(
        ObjectIdentifier contentType, IStagedOutput content, Func<IStagedOutput> stage, OpenedMessage result, CryptoProvider provider, CancellationToken cancellationToken)
    {
        if (contentType == CryptographicMessageSyntax2004Values.IdData)
        {
            await content.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result with { Refusal = OpeningRefusal.None };
        }

        if (contentType != CryptographicMessageSyntax2004Values.IdCtContentInfo)
            return result with { Refusal = OpeningRefusal.NotSealed, Reason = $"contentType: {contentType} is neither plain data nor a signed message (profile section 5)." };
        var inner = stage();
        await using (inner.ConfigureAwait(false))
        {
            return await VerifyAsync(content.Stream, inner, result, provider, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<OpenedMessage> VerifyAsync(
        Stream signed, IStagedOutput inner, OpenedMessage result, CryptoProvider provider, CancellationToken cancellationToken)
    {
        signed.Position = 0;
        try
        {
            var verified = await SignedMessages.VerifyAsync(signed, inner.Stream, provider, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (!verified.IsIntact || verified.IsDetached || verified.ContentType != CryptographicMessageSyntax2004Values.IdData)
                return result with { Refusal = OpeningRefusal.BadSignature, Reason = "signerInfos: a signature inside is not good, or there is none." };
            await inner.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result with { Refusal = OpeningRefusal.None, Signatures = verified.Signatures };
        }
        catch (Exception exception) when (exception is DerException or InvalidOperationException)
        {
            return result with { Refusal = OpeningRefusal.BadSignature, Reason = $"content: it is no signed message. {exception.Message}" };
        }
    }
}
