namespace CkiSdk.Pki.Keys;

/// <summary>Says why a key file could not be read.</summary>
public enum KeyFileError
{
    /// <summary>The file holds no key in a form that is known.</summary>
    NoKey,

    /// <summary>The key is malformed.</summary>
    Malformed,

    /// <summary>The key is encrypted, and no password was given.</summary>
    PasswordMissing,

    /// <summary>The key does not decrypt under the password; a damaged file looks the same.</summary>
    PasswordWrong,

    /// <summary>The encryption is by an algorithm that is not read.</summary>
    UnsupportedEncryption,

    /// <summary>The file asks for more work or memory than <see cref="KeyFileLimits"/> allow.</summary>
    LimitExceeded,
}
