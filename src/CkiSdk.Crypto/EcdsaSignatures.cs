using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;

namespace CkiSdk.Crypto;

/// <summary>Turns ECDSA signatures from one form into the other.</summary>
public static class EcdsaSignatures
{
    /// <summary>Turns the DER of ECDSA-Sig-Value into r and s one behind the other (IEEE P1363).</summary>
    /// <param name="der">The DER (RFC 3279 §2.2.3).</param>
    /// <param name="length">The length of the curve's order in octets.</param>
    /// <returns>2·length octets.</returns>
    /// <exception cref="CryptoProviderException">The signature is malformed, or a number is longer.</exception>
    public static byte[] ToFixed(ReadOnlyMemory<byte> der, int length)
    {
        var result = new byte[2 * length];
        if (!ECDSASigValue.TryDecode(der, out var value) || !TryWrite(value.R, result.AsSpan(0, length)) || !TryWrite(value.S, result.AsSpan(length)))
            throw new CryptoProviderException("The signature is malformed.");
        return result;
    }

    /// <summary>Turns r and s one behind the other into the DER of ECDSA-Sig-Value.</summary>
    /// <param name="signature">r and s, of the same length.</param>
    /// <returns>The DER.</returns>
    /// <exception cref="ArgumentException">The length is odd.</exception>
    public static byte[] ToDer(ReadOnlySpan<byte> signature)
    {
        if (signature.Length % 2 != 0)
            throw new ArgumentException("The signature has an odd length.", nameof(signature));
        var half = signature.Length / 2;
        return new ECDSASigValue { R = Integer.FromUnsigned(signature[..half]), S = Integer.FromUnsigned(signature[half..]) }.Encode();
    }

    private static bool TryWrite(Integer number, Span<byte> target)
    {
        if (number.IsNegative || number.ToUnsigned().Length > target.Length)
            return false;
        var digits = number.ToUnsigned();
        digits.CopyTo(target[^digits.Length..]);
        return true;
    }
}
