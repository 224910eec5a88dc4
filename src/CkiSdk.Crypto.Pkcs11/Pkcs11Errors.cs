using Net.Pkcs11Interop.Common;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Turns return values of cryptoki (PKCS #11 v2.40 §5.1) into errors of the provider.</summary>
internal static class Pkcs11Errors
{
    /// <summary>Tells whether an exception comes from Pkcs11Interop or from the library behind it.</summary>
    public static bool IsOfLibrary(Exception exception) => exception is Pkcs11Exception or UnmanagedException or LibraryArchitectureException or AttributeValueException;

    /// <summary>Tells whether a value says that session, login or token are gone, so that connecting again may help.</summary>
    public static bool IsLost(CKR value) => value is
        CKR.CKR_DEVICE_REMOVED or CKR.CKR_TOKEN_NOT_PRESENT or CKR.CKR_TOKEN_NOT_RECOGNIZED or CKR.CKR_SLOT_ID_INVALID
        or CKR.CKR_SESSION_CLOSED or CKR.CKR_SESSION_HANDLE_INVALID or CKR.CKR_USER_NOT_LOGGED_IN or CKR.CKR_CRYPTOKI_NOT_INITIALIZED;

    /// <summary>Tells whether a value may mean anything, a token that was taken out included.</summary>
    public static bool IsVague(CKR value) => value is CKR.CKR_GENERAL_ERROR or CKR.CKR_DEVICE_ERROR or CKR.CKR_FUNCTION_FAILED;

    /// <summary>Tells whether a value says that an object is gone, or has another number by now.</summary>
    public static bool IsStale(CKR value) => value is CKR.CKR_OBJECT_HANDLE_INVALID or CKR.CKR_KEY_HANDLE_INVALID;

    /// <summary>Tells whether a value may be about what was to be decrypted.</summary>
    public static bool IsOfInput(CKR value) =>
        IsVague(value) || value is CKR.CKR_ENCRYPTED_DATA_INVALID or CKR.CKR_ENCRYPTED_DATA_LEN_RANGE or CKR.CKR_DATA_INVALID or CKR.CKR_DATA_LEN_RANGE or CKR.CKR_FUNCTION_REJECTED;

    /// <summary>Tells whether a value says that the token cannot do a mechanism with these parameters.</summary>
    public static bool IsUnsupported(CKR value) => value is
        CKR.CKR_MECHANISM_INVALID or CKR.CKR_MECHANISM_PARAM_INVALID or CKR.CKR_ARGUMENTS_BAD or CKR.CKR_FUNCTION_NOT_SUPPORTED;

    /// <summary>Makes the provider's exception; the message names function and value.</summary>
    public static CryptoProviderException Translate(Exception exception) => exception switch
    {
        Pkcs11Exception e => new CryptoProviderException(CodeOf(e.RV), $"The token answered {NameOf(e.RV)} to {e.Method}{Hint(e.RV)}.", e),
        AttributeValueException e => new CryptoProviderException(CryptoError.UnsupportedKey, $"The token does not tell the attribute {e.Attribute} of the object.", e),
        _ => new CryptoProviderException(CryptoError.Failure, $"The PKCS #11 module failed: {exception.Message}", exception),
    };

    /// <summary>Maps a value to the kind of error.</summary>
    public static CryptoError CodeOf(CKR value) => value switch
    {
        CKR.CKR_PIN_INCORRECT or CKR.CKR_PIN_INVALID or CKR.CKR_PIN_LEN_RANGE => CryptoError.PinIncorrect,
        CKR.CKR_PIN_LOCKED or CKR.CKR_PIN_EXPIRED or CKR.CKR_USER_PIN_NOT_INITIALIZED => CryptoError.PinUnusable,
        CKR.CKR_USER_NOT_LOGGED_IN => CryptoError.LoginRequired,
        CKR.CKR_DEVICE_REMOVED or CKR.CKR_TOKEN_NOT_PRESENT or CKR.CKR_TOKEN_NOT_RECOGNIZED or CKR.CKR_SLOT_ID_INVALID
            or CKR.CKR_SESSION_CLOSED or CKR.CKR_SESSION_HANDLE_INVALID or CKR.CKR_CRYPTOKI_NOT_INITIALIZED
            or CKR.CKR_LIBRARY_LOAD_FAILED => CryptoError.DeviceUnavailable,
        CKR.CKR_OBJECT_HANDLE_INVALID or CKR.CKR_KEY_HANDLE_INVALID => CryptoError.KeyNotFound,
        CKR.CKR_KEY_FUNCTION_NOT_PERMITTED or CKR.CKR_KEY_UNEXTRACTABLE or CKR.CKR_ATTRIBUTE_SENSITIVE or CKR.CKR_ATTRIBUTE_READ_ONLY
            or CKR.CKR_ACTION_PROHIBITED or CKR.CKR_TOKEN_WRITE_PROTECTED or CKR.CKR_SESSION_READ_ONLY or CKR.CKR_FUNCTION_REJECTED => CryptoError.NotPermitted,
        CKR.CKR_MECHANISM_INVALID or CKR.CKR_MECHANISM_PARAM_INVALID or CKR.CKR_FUNCTION_NOT_SUPPORTED => CryptoError.UnsupportedAlgorithm,
        CKR.CKR_KEY_TYPE_INCONSISTENT or CKR.CKR_KEY_SIZE_RANGE or CKR.CKR_CURVE_NOT_SUPPORTED or CKR.CKR_DOMAIN_PARAMS_INVALID => CryptoError.UnsupportedKey,
        CKR.CKR_PUBLIC_KEY_INVALID => CryptoError.InvalidPublicValue,
        _ => CryptoError.Failure,
    };

    private static string NameOf(CKR value) => Enum.IsDefined(value) ? value.ToString() : $"0x{(ulong)value:X8}";

    private static string Hint(CKR value) => value switch
    {
        CKR.CKR_USER_NOT_LOGGED_IN => ": log in first",
        CKR.CKR_PIN_LOCKED => ": the security officer can set a new PIN",
        CKR.CKR_TOKEN_WRITE_PROTECTED => ": it is write-protected",
        CKR.CKR_DEVICE_MEMORY => ": it is full",
        CKR.CKR_SESSION_COUNT => ": it allows no more sessions, lower MaxSessions",
        _ => "",
    };
}
