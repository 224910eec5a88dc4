using System.Security.Cryptography;
using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Signs and verifies by libcrypto's ECDSA, without what the framework adds to each call: a third of a signature, half of a verification and its key.</summary>
internal static class LibCryptoEcdsa
{
    private const int MostOctets = 160; // of ECDSA-Sig-Value on P-521: two numbers of 67 octets and their headers

    /// <summary>Gets whether the library is there.</summary>
    public static bool IsAvailable { get; } = LibCrypto.HasEcdsa;

    /// <summary>Takes a public key: an uncompressed point; null if it is none of the curve.</summary>
    public static EcKeyHandle? Import(KeyKind kind, ReadOnlySpan<byte> point) => EcKeyHandle.FromPoint(NumberOf(kind), point);

    /// <summary>Copies a private key of the framework.</summary>
    public static EcKeyHandle Copy(KeyKind kind, ECDsa key) => EcKeyHandle.From(NumberOf(kind), key);

    /// <summary>Signs a hash value; the signature is the DER of ECDSA-Sig-Value.</summary>
    public static byte[] SignHash(EcKeyHandle key, ReadOnlySpan<byte> hash)
    {
        Span<byte> signature = stackalloc byte[MostOctets];
        LibCryptoStatus.Require(LibCrypto.SignEcdsa(0, hash, hash.Length, signature, out var length, key));
        return signature[..(int)length].ToArray();
    }

    /// <summary>Signs.</summary>
    public static byte[] Sign(EcKeyHandle key, DigestAlgorithm algorithm, ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[HashAlgorithms.LengthOf(algorithm)];
        HashAlgorithms.Hash(algorithm, message, hash);
        return SignHash(key, hash);
    }

    /// <summary>Verifies a signature in strict DER.</summary>
    public static bool Verify(EcKeyHandle key, DigestAlgorithm algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[HashAlgorithms.LengthOf(algorithm)];
        HashAlgorithms.Hash(algorithm, message, hash);
        if (LibCrypto.VerifyEcdsa(0, hash, hash.Length, signature, signature.Length, key) == 1)
            return true;
        LibCrypto.ClearErrors(); // the queue of errors is the thread's, and the framework reads it, too
        return false;
    }

    // NID_X9_62_prime256v1, NID_secp384r1, NID_secp521r1.
    private static int NumberOf(KeyKind kind) => kind switch
    {
        KeyKind.EcP256 => 415,
        KeyKind.EcP384 => 715,
        KeyKind.EcP521 => 716,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
