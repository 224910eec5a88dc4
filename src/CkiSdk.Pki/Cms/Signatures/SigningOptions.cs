using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Pki.Crls;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Signatures;

/// <summary>Says what a signed message holds beside its content.</summary>
public sealed record SigningOptions
{
    /// <summary>Gets the signers, at least one.</summary>
    public required IReadOnlyList<MessageSigner> Signers { get; init; }

    /// <summary>Gets the signing time, which is the signers' word; <see langword="null"/> for none.</summary>
    public DateTimeOffset? SigningTime { get; init; }

    /// <summary>Gets what the content is.</summary>
    public ObjectIdentifier ContentType { get; init; } = CryptographicMessageSyntax2004Values.IdData;

    /// <summary>Gets whether the content travels apart from the message.</summary>
    public bool IsDetached { get; init; }

    /// <summary>Gets whether the signers' certificates stay out of the message.</summary>
    public bool OmitSigners { get; init; }

    /// <summary>Gets more certificates for the message, such as those of intermediate authorities.</summary>
    public IReadOnlyList<Certificate> Certificates { get; init; } = [];

    /// <summary>Gets revocation lists for the message.</summary>
    public IReadOnlyList<RevocationList> RevocationLists { get; init; } = [];
}
