namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Is a certificate object of a token.</summary>
/// <param name="Label">CKA_LABEL; may be empty.</param>
/// <param name="Id">CKA_ID, the same as that of its key; may be empty.</param>
/// <param name="Der">The DER of the X.509 certificate (CKA_VALUE).</param>
/// <param name="Uri">The URI that names it, without module.</param>
public sealed record Pkcs11Certificate(string Label, ReadOnlyMemory<byte> Id, ReadOnlyMemory<byte> Der, Pkcs11Uri Uri);
