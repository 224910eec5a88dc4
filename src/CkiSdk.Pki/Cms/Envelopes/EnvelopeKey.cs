using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Decrypts the key of a content with what a recipient has; derive from it for a way of your own.</summary>
public abstract class EnvelopeKey
{
    /// <summary>Learns who sent the message and to whom, before anything else is asked; what needs no such knowledge does nothing here.</summary>
    /// <param name="certificates">The originator's certificates; nobody vouches for them.</param>
    /// <param name="recipients">The parts of the message in their order.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>When the key is ready.</returns>
    public virtual ValueTask PrepareAsync(IReadOnlyList<Certificate> certificates, IReadOnlyList<RecipientInfo> recipients, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

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
