using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Signatures;

/// <summary>Says who signs a message and how.</summary>
public sealed record MessageSigner
{
    /// <summary>Gets the signer's certificate.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>Gets its private key; it stays the caller's.</summary>
    public required ISigningKey Key { get; init; }

    /// <summary>Gets the signature algorithm; <see langword="null"/> for the one that suits the key best.</summary>
    public SignatureAlgorithm? Algorithm { get; init; }

    /// <summary>Gets whether the message names the certificate by its subject key identifier, not by issuer and serial number (RFC 5652 §5.3).</summary>
    public bool UseKeyIdentifier { get; init; }

    /// <summary>Gets more attributes that the signature covers.</summary>
    public IReadOnlyList<Asn1.Modules.CryptographicMessageSyntax2004.Attribute> SignedAttributes { get; init; } = [];

    /// <summary>Gets the attributes that the signature does not cover.</summary>
    public IReadOnlyList<Asn1.Modules.CryptographicMessageSyntax2004.Attribute> UnsignedAttributes { get; init; } = [];
}
