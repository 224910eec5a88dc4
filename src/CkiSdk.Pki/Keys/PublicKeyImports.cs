using CkiSdk.Asn1;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Pki.Keys;

/// <summary>Asks the software provider whether it would take a public key.</summary>
internal static class PublicKeyImports
{
    /// <summary>Checks a key that verifies.</summary>
    public static KeyFinding? Check(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        if (!CryptoProviders.Software.PublicKeys.TryImportVerificationKey(subjectPublicKeyInfo, out var key, out var error))
        {
            return error == CryptoError.UnsupportedKey
                ? new(error, "the curve is none of P-256, P-384 and P-521 by name")
                : new(error, "the public key is no point of the curve, or malformed");
        }

        key.Dispose();
        return null;
    }

    /// <summary>Checks a Diffie-Hellman value.</summary>
    public static KeyFinding? CheckDh(DhGroup group, Integer y) =>
        CryptoProviders.Software.DiffieHellman.IsValidPublicValue(group, y.ToUnsigned())
            ? null
            : new(CryptoError.InvalidPublicValue, "the public value is not in the subgroup");
}
