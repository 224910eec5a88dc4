using System.Diagnostics.CodeAnalysis;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Signatures;

/// <summary>Says whose signature one is, and whether it is good.</summary>
public sealed class MessageSignature
{
    /// <summary>Gets the name that the message gives the signer: issuer and serial number, or key identifier.</summary>
    public required string Identifier { get; init; }

    /// <summary>Gets the signer's certificate; <see langword="null"/> if it is not known.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>Gets the signature algorithm; <see langword="null"/> if it is not known, or RSASSA-PSS with unusual parameters.</summary>
    public SignatureAlgorithm? Algorithm { get; init; }

    /// <summary>Gets whether the content is what the key of the certificate signed. It says nothing of whether the certificate is trusted.</summary>
    [MemberNotNullWhen(true, nameof(Certificate))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsIntact => Fault is null && Certificate is not null;

    /// <summary>Gets why the signature is not good, or <see langword="null"/>.</summary>
    public string? Fault { get; init; }

    /// <summary>Gets the signing time, which is the signer's word; <see langword="null"/> if there is none.</summary>
    public DateTimeOffset? SigningTime { get; init; }

    /// <summary>Gets the attributes that the signature covers; <see langword="null"/> if there are none.</summary>
    public SignedAttributes? SignedAttributes { get; init; }

    /// <summary>Gets the attributes that the signature does not cover; <see langword="null"/> if there are none.</summary>
    public UnsignedAttributes? UnsignedAttributes { get; init; }
}
