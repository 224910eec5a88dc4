using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Reads what slots and tokens say of themselves.</summary>
internal static class SlotReader
{
    /// <summary>Reads one slot; a token that does not answer is marked instead of spoiling the list.</summary>
    public static Pkcs11Slot Read(ISlot slot)
    {
        var about = slot.GetSlotInfo();
        var flags = Collect(
            (about.SlotFlags.TokenPresent, Pkcs11SlotFlags.TokenPresent),
            (about.SlotFlags.RemovableDevice, Pkcs11SlotFlags.RemovableDevice),
            (about.SlotFlags.HardwareSlot, Pkcs11SlotFlags.HardwareSlot));
        var description = about.SlotDescription.Trim();
        var empty = new Pkcs11Slot(slot.SlotId, description, flags) { Description = description };
        if (!about.SlotFlags.TokenPresent)
            return empty;
        try
        {
            return WithToken(empty, slot.GetTokenInfo());
        }
        catch (Pkcs11Exception)
        {
            return empty with { Flags = flags | Pkcs11SlotFlags.Unreadable };
        }
    }

    private static Pkcs11Slot WithToken(Pkcs11Slot slot, ITokenInfo token)
    {
        var flags = token.TokenFlags;
        return slot with
        {
            Label = token.Label.Trim(),
            Manufacturer = token.ManufacturerId.Trim(),
            Model = token.Model.Trim(),
            Serial = token.SerialNumber.Trim(),
            Flags = slot.Flags | Collect(
                (flags.TokenInitialized, Pkcs11SlotFlags.TokenInitialized),
                (flags.Rng, Pkcs11SlotFlags.RandomGenerator),
                (flags.WriteProtected, Pkcs11SlotFlags.WriteProtected),
                (flags.LoginRequired, Pkcs11SlotFlags.LoginRequired),
                (flags.UserPinInitialized, Pkcs11SlotFlags.UserPinInitialized),
                (flags.ProtectedAuthenticationPath, Pkcs11SlotFlags.ProtectedAuthenticationPath),
                (flags.UserPinCountLow, Pkcs11SlotFlags.UserPinCountLow),
                (flags.UserPinFinalTry, Pkcs11SlotFlags.UserPinFinalTry),
                (flags.UserPinLocked, Pkcs11SlotFlags.UserPinLocked)),
        };
    }

    private static Pkcs11SlotFlags Collect(params ReadOnlySpan<(bool Holds, Pkcs11SlotFlags Flag)> flags)
    {
        var result = Pkcs11SlotFlags.None;
        foreach (var (holds, flag) in flags)
            result |= holds ? flag : Pkcs11SlotFlags.None;
        return result;
    }
}
