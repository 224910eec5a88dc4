namespace CkiSdk.Protocol.Sealing;

/// <summary>Says how the key of a protected message is encrypted to its recipients (profile section 5); both sides choose the same.</summary>
public enum SealingScheme
{
    /// <summary>The token key of the profile: id-cki-profile 3 1, HKDF with SHA-256 over all that identifies both keys.</summary>
    TokenKey,

    /// <summary>For OpenSSL: id-alg-ESDH with the key derivation of RFC 2631 (SHA-1) and no authenticated attributes.</summary>
    OpenSsl,
}
