using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Crls;
using Attribute = CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004.Attribute;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Says how a content is encrypted and what its message holds.</summary>
public sealed record EnvelopeOptions
{
    /// <summary>Gets who can open it, at least one.</summary>
    public required IReadOnlyList<EnvelopeRecipient> Recipients { get; init; }

    /// <summary>Gets the cipher. GCM makes an AuthEnvelopedData (RFC 5083); CBC, which authenticates nothing, an EnvelopedData for old peers.</summary>
    public ContentEncryption Algorithm { get; init; } = ContentEncryption.Aes256Gcm;

    /// <summary>Gets what the content is.</summary>
    public ObjectIdentifier ContentType { get; init; } = CryptographicMessageSyntax2004Values.IdData;

    /// <summary>
    /// Gets attributes that GCM authenticates with the content. A contentType is added where the content is no plain data (RFC 5083 §2.1).
    /// OpenSSL 3.0 opens no message with such attributes.
    /// </summary>
    public IReadOnlyList<Attribute> AuthenticatedAttributes { get; init; } = [];

    /// <summary>Gets attributes that nothing protects.</summary>
    public IReadOnlyList<Attribute> UnprotectedAttributes { get; init; } = [];

    /// <summary>Gets the originator's certificates.</summary>
    public IReadOnlyList<Certificate> OriginatorCertificates { get; init; } = [];

    /// <summary>Gets the originator's revocation lists.</summary>
    public IReadOnlyList<RevocationList> OriginatorRevocationLists { get; init; } = [];
}
