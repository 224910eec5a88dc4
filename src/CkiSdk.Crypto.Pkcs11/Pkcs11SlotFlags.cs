namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Says what holds for a slot (CK_SLOT_INFO.flags) and for the token in it (CK_TOKEN_INFO.flags).</summary>
[Flags]
public enum Pkcs11SlotFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>There is a token in the slot.</summary>
    TokenPresent = 1,

    /// <summary>The token can be taken out.</summary>
    RemovableDevice = 1 << 1,

    /// <summary>The slot is a device, not a program.</summary>
    HardwareSlot = 1 << 2,

    /// <summary>The token was given a label and PINs.</summary>
    TokenInitialized = 1 << 3,

    /// <summary>The token draws random octets.</summary>
    RandomGenerator = 1 << 4,

    /// <summary>Nothing can be written to the token.</summary>
    WriteProtected = 1 << 5,

    /// <summary>Private objects need a login.</summary>
    LoginRequired = 1 << 6,

    /// <summary>The user has a PIN.</summary>
    UserPinInitialized = 1 << 7,

    /// <summary>The PIN is entered at the device: log in without one.</summary>
    ProtectedAuthenticationPath = 1 << 8,

    /// <summary>Somebody entered a wrong PIN since the last login.</summary>
    UserPinCountLow = 1 << 9,

    /// <summary>One more wrong PIN locks the token.</summary>
    UserPinFinalTry = 1 << 10,

    /// <summary>The PIN is locked.</summary>
    UserPinLocked = 1 << 11,

    /// <summary>The token answers no question about itself; it was taken out or is broken.</summary>
    Unreadable = 1 << 12,
}
