namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Describes a slot and the token in it.</summary>
/// <param name="Id">The slot's number, which may be another after a restart or when the token comes back.</param>
/// <param name="Label">The token's label, or the slot's description where there is no token.</param>
/// <param name="Flags">What holds for slot and token.</param>
public sealed record Pkcs11Slot(ulong Id, string Label, Pkcs11SlotFlags Flags)
{
    /// <summary>Gets the slot's description.</summary>
    public string Description { get; init; } = "";

    /// <summary>Gets the token's manufacturer; empty without a token.</summary>
    public string Manufacturer { get; init; } = "";

    /// <summary>Gets the token's model; empty without a token.</summary>
    public string Model { get; init; } = "";

    /// <summary>Gets the token's serial number; empty without a token.</summary>
    public string Serial { get; init; } = "";
}
