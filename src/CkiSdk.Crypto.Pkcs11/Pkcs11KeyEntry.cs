namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Describes a private or secret key of a token.</summary>
/// <param name="Label">CKA_LABEL; may be empty.</param>
/// <param name="Id">CKA_ID; may be empty.</param>
/// <param name="Kind">What it is: <c>RSA-3072</c>, <c>P-256</c>, <c>Ed25519</c>, <c>DH-2048</c>, <c>secret</c>, or the number of another type.</param>
/// <param name="Uses">What it is for: any of <c>sign</c>, <c>decrypt</c>, <c>derive</c>.</param>
/// <param name="IsExtractable">Whether the key may leave the token (CKA_EXTRACTABLE).</param>
/// <param name="Uri">The URI that names it, without module.</param>
public sealed record Pkcs11KeyEntry(string Label, ReadOnlyMemory<byte> Id, string Kind, IReadOnlyList<string> Uses, bool IsExtractable, Pkcs11Uri Uri);
