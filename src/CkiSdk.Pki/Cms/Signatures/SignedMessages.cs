using CkiSdk.Asn1;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Cms.Signatures;

/// <summary>Signs contents of any length and verifies their signatures: SignedData (RFC 5652 §5).</summary>
public static class SignedMessages
{
    /// <summary>Signs a content.</summary>
    /// <remarks>A message that travels apart from its content, and one whose content has at most 64 KiB, is DER; any other is BER of indefinite length.</remarks>
    /// <param name="content">The content, read to its end.</param>
    /// <param name="message">Where the ContentInfo goes.</param>
    /// <param name="options">Who signs, and what the message holds.</param>
    /// <param name="cancellationToken">Stops it; the message is then incomplete.</param>
    /// <returns>When the message is written.</returns>
    /// <exception cref="ArgumentException">There is no signer, or one whose certificate is not that of his key or has no key identifier by which to name it.</exception>
    /// <exception cref="CryptoProviderException">A key cannot do its algorithm, or a device failed.</exception>
    public static Task SignAsync(Stream content, Stream message, SigningOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Signers.Count == 0)
            throw new ArgumentException("There is no signer.", nameof(options));
        if (options.Signers.Any(signer => !signer.Certificate.SubjectPublicKeyInfo.Span.SequenceEqual(signer.Key.SubjectPublicKeyInfo.Span)))
            throw new ArgumentException("A signer's key is not that of his certificate.", nameof(options));
        return new SignedMessageWriter(message, options).WriteAsync(content, cancellationToken);
    }

    /// <summary>Verifies the signatures of a message. Whether the signers are trusted is a question of its own, which the certificates answer.</summary>
    /// <param name="message">The ContentInfo, DER or BER, read to its end.</param>
    /// <param name="content">Receives the content as it is read, which may be used only if the result says that signatures are good; <see langword="null"/> to drop it.</param>
    /// <param name="provider">What verifies.</param>
    /// <param name="options">What else is known; <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What the message holds, and of each signature whether it is good.</returns>
    /// <exception cref="DerException">The octets are no SignedData.</exception>
    /// <exception cref="InvalidOperationException">The content travels apart and was not given, or was given and travels inside.</exception>
    public static Task<SignedMessage> VerifyAsync(
        Stream message, Stream? content, CryptoProvider provider, VerificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(provider);
        return new SignedMessageReader(message, content, provider, options ?? new VerificationOptions()).ReadAsync(cancellationToken);
    }
}
