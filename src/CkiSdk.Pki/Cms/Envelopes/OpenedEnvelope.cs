using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Crls;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Says whether a message was opened, and what its public parts are.</summary>
public sealed class OpenedEnvelope
{
    /// <summary>Gets whether the content was decrypted and released. If not, there is no further reason than the next properties give.</summary>
    public required bool IsOpened { get; init; }

    /// <summary>Gets whether the message names the recipient whose key was given, by algorithms that are known.</summary>
    public required bool IsAddressed { get; init; }

    /// <summary>Gets what the content is.</summary>
    public ObjectIdentifier ContentType { get; init; }

    /// <summary>Gets the cipher; <see langword="null"/> if it is not known.</summary>
    public ContentEncryption? Algorithm { get; init; }

    /// <summary>Gets whether the content was authenticated. It does not say by whom: everybody can encrypt to a certificate.</summary>
    public bool IsAuthenticated => Algorithm?.IsAuthenticated() ?? false;

    /// <summary>Gets the recipients in the order of the message.</summary>
    public required IReadOnlyList<RecipientInfo> Recipients { get; init; }

    /// <summary>Gets the originator's certificates; nobody vouches for them.</summary>
    public IReadOnlyList<Certificate> OriginatorCertificates { get; init; } = [];

    /// <summary>Gets the originator's revocation lists; nobody vouches for them.</summary>
    public IReadOnlyList<RevocationList> OriginatorRevocationLists { get; init; } = [];

    /// <summary>Gets the attributes that were authenticated with the content; <see langword="null"/> if there are none.</summary>
    public AuthAttributes? AuthenticatedAttributes { get; init; }

    /// <summary>Gets the attributes that nothing protects; <see langword="null"/> if there are none.</summary>
    public UnprotectedAttributes? UnprotectedAttributes { get; init; }
}
