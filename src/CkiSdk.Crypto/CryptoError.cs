namespace CkiSdk.Crypto;

/// <summary>Says why a cryptographic operation was refused or failed.</summary>
public enum CryptoError
{
    /// <summary>The octets are no key of the expected form.</summary>
    InvalidKey,

    /// <summary>The key is of a kind outside the profile.</summary>
    UnsupportedKey,

    /// <summary>The key is weaker than the profile allows.</summary>
    WeakKey,

    /// <summary>The key cannot do the algorithm that was asked for.</summary>
    UnsupportedAlgorithm,

    /// <summary>The peer's public value is outside the group or its subgroup.</summary>
    InvalidPublicValue,

    /// <summary>The library or device below reported an error.</summary>
    Failure,

    /// <summary>The token refused the PIN; it is not tried again.</summary>
    PinIncorrect,

    /// <summary>The PIN is locked, expired or not set, so that no PIN opens the token.</summary>
    PinUnusable,

    /// <summary>The token wants a login first.</summary>
    LoginRequired,

    /// <summary>The token or its module is not there; a retry makes sense once it is back.</summary>
    DeviceUnavailable,

    /// <summary>The token holds no such key.</summary>
    KeyNotFound,

    /// <summary>The key or the token does not permit the operation.</summary>
    NotPermitted,
}
