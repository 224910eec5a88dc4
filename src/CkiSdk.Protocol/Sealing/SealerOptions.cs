using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Signatures;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Says by whom and to whom a message is sealed.</summary>
public sealed record SealerOptions
{
    /// <summary>Gets the sender's send certificate.</summary>
    public required Certificate SendCertificate { get; init; }

    /// <summary>Gets its private key; it stays the caller's.</summary>
    public required IDhKey SendKey { get; init; }

    /// <summary>Gets the CMA that issued the send certificate and all receive certificates.</summary>
    public required TrustedIssuer Issuer { get; init; }

    /// <summary>Gets who shall open it, local or external users, at least one.</summary>
    public required IReadOnlyList<SealingRecipient> Recipients { get; init; }

    /// <summary>Gets how the key of the content is encrypted.</summary>
    public SealingScheme Scheme { get; init; }

    /// <summary>Gets the groups that the configuration accepts.</summary>
    public DhGroupSet Groups { get; init; } = DhGroups.Named;

    /// <summary>Gets who signs the content inside the message; <see langword="null"/> for nobody. A send certificate proves no origin against the CMAs, nor among several recipients.</summary>
    public MessageSigner? Signer { get; init; }
}
