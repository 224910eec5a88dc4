namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Says where a new key goes: into the token for good under a label, or into a session until it is disposed.</summary>
/// <param name="Label">CKA_LABEL of a key that stays; <see langword="null"/> for one of a session.</param>
/// <param name="Id">CKA_ID, the same on both halves and the certificate.</param>
/// <param name="ForAnyUse">Whether the key may do all that its kind can, not only what it is made for.</param>
internal sealed record KeyPlacement(string? Label, byte[] Id, bool ForAnyUse = false)
{
    /// <summary>Gets whether the key stays in the token.</summary>
    public bool IsPersistent => Label is not null;
}
