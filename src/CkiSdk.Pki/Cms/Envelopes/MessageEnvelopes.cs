using CkiSdk.Asn1;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Streaming;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Encrypts contents of any length to recipients and opens them: EnvelopedData (RFC 5652 §6) and AuthEnvelopedData (RFC 5083).</summary>
public static class MessageEnvelopes
{
    /// <summary>Encrypts a content.</summary>
    /// <remarks>A message whose content has at most 64 KiB is DER; any other is BER of indefinite length.</remarks>
    /// <param name="content">The content, read to its end; at most 2^36 − 32 octets.</param>
    /// <param name="message">Where the ContentInfo goes.</param>
    /// <param name="options">Who can open it, and what the message holds.</param>
    /// <param name="provider">What encrypts.</param>
    /// <param name="cancellationToken">Stops it; the message is then incomplete.</param>
    /// <returns>When the message is written.</returns>
    /// <exception cref="ArgumentException">There is no recipient, the cipher is one to read only, or CBC was given attributes to authenticate.</exception>
    /// <exception cref="CryptoProviderException">A recipient's key is malformed or weak.</exception>
    public static Task EncryptAsync(
        Stream content, Stream message, EnvelopeOptions options, CryptoProvider provider, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(provider);
        if (options.Recipients.Count == 0)
            throw new ArgumentException("There is no recipient.", nameof(options));
        if (options.Algorithm == ContentEncryption.TripleDesCbc)
            throw new ArgumentException("Triple DES is read only.", nameof(options));
        if (!options.Algorithm.IsAuthenticated() && options.AuthenticatedAttributes.Count > 0)
            throw new ArgumentException("CBC authenticates no attributes.", nameof(options));
        return new EnvelopeWriter(message, options, provider).WriteAsync(content, cancellationToken);
    }

    /// <summary>Opens a message.</summary>
    /// <remarks>Whatever fails, a wrong key, padding or tag, nothing is released, and the result does not say which it was (RFC 3218 §2.3).</remarks>
    /// <param name="message">The ContentInfo, DER or BER, read to its end.</param>
    /// <param name="key">What the recipient has.</param>
    /// <param name="content">Takes the content, which is released when all of it is known to be good. Its stream can seek.</param>
    /// <param name="provider">What decrypts.</param>
    /// <param name="options">What is known beforehand; <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether the message was opened, and its public parts.</returns>
    /// <exception cref="DerException">The octets are no EnvelopedData and no AuthEnvelopedData.</exception>
    /// <exception cref="CryptoProviderException">A device failed.</exception>
    public static Task<OpenedEnvelope> DecryptAsync(
        Stream message, EnvelopeKey key, IStagedOutput content, CryptoProvider provider, OpeningOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(provider);
        return EnvelopeOpening.RunAsync(message, key, content, provider, options ?? new OpeningOptions(), cancellationToken);
    }
}
