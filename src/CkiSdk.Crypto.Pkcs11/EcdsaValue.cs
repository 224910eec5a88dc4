using System.Numerics;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Turns the signature value of tokens into that of certificates.</summary>
internal static class EcdsaValue
{
    /// <summary>Makes the DER of ECDSA-Sig-Value (RFC 5480 appendix A) of r || s, both as long as the field (PKCS #11 v2.40 §2.3.1).</summary>
    public static byte[] FromPair(ReadOnlySpan<byte> pair) => new ECDSASigValue
    {
        R = Number(pair[..(pair.Length / 2)]),
        S = Number(pair[(pair.Length / 2)..]),
    }.Encode();

    private static BigInteger Number(ReadOnlySpan<byte> octets) => new(octets, isUnsigned: true, isBigEndian: true);
}
