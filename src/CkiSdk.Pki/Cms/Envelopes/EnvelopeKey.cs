using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Decrypts the key of a content with what a recipient has; derive from it for a way of your own.</summary>
public abstract class EnvelopeKey
{
    /// <summary>Tells whether a part of a message is for this recipient; that is public.</summary>
    /// <param name="recipient">The part.</param>
    /// <returns>Whether it is, and by algorithms that are known.</returns>
    public abstract bool IsFor(RecipientInfo recipient);

    /// <summary>Decrypts the key of the content.</summary>
    /// <param name="recipient">A part of the message for which <see cref="IsFor"/> said yes.</param>
    /// <param name="provider">What decrypts.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The key, owned by the caller; <see langword="null"/> without any reason if it does not decrypt.</returns>
    /// <exception cref="CryptoProviderException">The device failed.</exception>
    public abstract ValueTask<Secret?> DecryptKeyAsync(RecipientInfo recipient, CryptoProvider provider, CancellationToken cancellationToken);
}
