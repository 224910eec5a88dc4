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
}
