namespace CkiSdk.Pki.Paths;

/// <summary>Says which rule a certification path does not keep.</summary>
public enum ReasonCode
{
    /// <summary>No certificate of the issuer is known, and no trust anchor has its name.</summary>
    UnknownIssuer,

    /// <summary>The signature is not that of the issuer's key.</summary>
    BadSignature,

    /// <summary>The signature algorithm is unknown, obsolete or stated differently inside and outside.</summary>
    RefusedAlgorithm,

    /// <summary>A public key is malformed, weak or of a kind that is not accepted.</summary>
    RefusedKey,

    /// <summary>The validity has not begun.</summary>
    NotYetValid,

    /// <summary>The validity has ended.</summary>
    Expired,

    /// <summary>The certificate was revoked.</summary>
    Revoked,

    /// <summary>No revocation list that applies says whether the certificate was revoked.</summary>
    UnknownRevocation,

    /// <summary>An issuer is no authority.</summary>
    NotAuthority,

    /// <summary>More authorities follow than the path length constraint, or the caller, admits.</summary>
    PathTooLong,

    /// <summary>The key usage does not admit what the key is used for.</summary>
    RefusedKeyUsage,

    /// <summary>The certificate, or one above it, is not made for the purpose.</summary>
    RefusedPurpose,

    /// <summary>A critical extension is unknown here.</summary>
    UnknownCriticalExtension,

    /// <summary>An extension is malformed.</summary>
    MalformedExtension,

    /// <summary>A name lies outside the permitted subtrees.</summary>
    NameNotPermitted,

    /// <summary>A name lies in an excluded subtree.</summary>
    NameExcluded,

    /// <summary>Name constraints are malformed or of a form that is not understood.</summary>
    RefusedNameConstraints,

    /// <summary>No policy that is asked for is valid along the path.</summary>
    NoValidPolicy,

    /// <summary>A policy mapping maps from or to anyPolicy.</summary>
    RefusedPolicyMapping,

    /// <summary>The certificate does not name the host, address or mailbox.</summary>
    NameMismatch,

    /// <summary>The certificate is of a version that is not accepted.</summary>
    RefusedVersion,

    /// <summary>The certificate does not keep the profile that applies to it.</summary>
    ProfileViolation,

    /// <summary>The search or the comparison of names took more work than is spent on one certificate.</summary>
    TooMuchWork,
}
