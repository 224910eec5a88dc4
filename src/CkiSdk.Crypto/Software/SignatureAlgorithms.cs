using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Says which signature algorithms fit which keys, and signs and verifies with the framework's keys.</summary>
internal static class SignatureAlgorithms
{
    /// <summary>Lists what a kind of key can do, the most widely understood first.</summary>
    public static IReadOnlyList<SignatureAlgorithm> Of(KeyKind kind) => kind switch
    {
        KeyKind.Rsa => [SignatureAlgorithm.RsaPkcs1Sha256, SignatureAlgorithm.RsaPssSha256],
        KeyKind.EcP256 => [SignatureAlgorithm.EcdsaP256Sha256],
        _ => [SignatureAlgorithm.EcdsaP384Sha384],
    };

    /// <summary>Signs; the algorithm was checked to fit the key.</summary>
    public static byte[] Sign(AsymmetricAlgorithm key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> message) => key switch
    {
        RSA rsa => rsa.SignData(message, Hash(algorithm), Padding(algorithm)),
        ECDsa ecdsa => ecdsa.SignData(message, Hash(algorithm), DSASignatureFormat.Rfc3279DerSequence),
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    /// <summary>Verifies; the algorithm was checked to fit the key.</summary>
    public static bool Verify(AsymmetricAlgorithm key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => key switch
    {
        RSA rsa => rsa.VerifyData(message, signature, Hash(algorithm), Padding(algorithm)),
        ECDsa ecdsa => ecdsa.VerifyData(message, signature, Hash(algorithm), DSASignatureFormat.Rfc3279DerSequence),
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    private static HashAlgorithmName Hash(SignatureAlgorithm algorithm) =>
        algorithm == SignatureAlgorithm.EcdsaP384Sha384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    // The framework's PSS uses MGF1 with the same hash and a salt as long as the hash: 32 octets.
    private static RSASignaturePadding Padding(SignatureAlgorithm algorithm) =>
        algorithm == SignatureAlgorithm.RsaPssSha256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
}
