using CkiSdk.Asn1;
using CkiSdk.Pki.Crls;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Signatures;

/// <summary>Says what a signed message holds and of each signature whether it is good.</summary>
public sealed class SignedMessage
{
    /// <summary>Gets what the content is.</summary>
    public required ObjectIdentifier ContentType { get; init; }

    /// <summary>Gets whether the content travelled apart from the message.</summary>
    public required bool IsDetached { get; init; }

    /// <summary>Gets the signatures in the order of the message; there may be none.</summary>
    public required IReadOnlyList<MessageSignature> Signatures { get; init; }

    /// <summary>Gets the certificates in the message; nobody vouches for them.</summary>
    public required IReadOnlyList<Certificate> Certificates { get; init; }

    /// <summary>Gets the revocation lists in the message; nobody vouches for them.</summary>
    public required IReadOnlyList<RevocationList> RevocationLists { get; init; }

    /// <summary>Gets whether there is a signature and all of them are good. It says nothing of whether the signers are trusted.</summary>
    public bool IsIntact => Signatures.Count > 0 && Signatures.All(signature => signature.IsIntact);
}
