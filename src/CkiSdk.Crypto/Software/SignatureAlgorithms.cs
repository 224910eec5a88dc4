using System.Security.Cryptography;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;

namespace CkiSdk.Crypto.Software;

/// <summary>Says which signature algorithms fit which keys, and signs and verifies with the framework's keys.</summary>
internal static class SignatureAlgorithms
{
    private static readonly SignatureAlgorithm[] Pss = [SignatureAlgorithm.RsaPssSha256, SignatureAlgorithm.RsaPssSha384, SignatureAlgorithm.RsaPssSha512];

    private static readonly SignatureAlgorithm[] Ecdsa = [SignatureAlgorithm.EcdsaSha256, SignatureAlgorithm.EcdsaSha384, SignatureAlgorithm.EcdsaSha512];

    private static readonly SignatureAlgorithm[][] Signers = ByKind(kind => kind switch
    {
        KeyKind.Rsa => [SignatureAlgorithm.RsaPkcs1Sha256, SignatureAlgorithm.RsaPkcs1Sha384, SignatureAlgorithm.RsaPkcs1Sha512, .. Pss],
        KeyKind.EcP256 => Ecdsa,
        KeyKind.EcP384 => Ecdsa[1..],
        KeyKind.EcP521 => Ecdsa[2..],
        KeyKind.Ed25519 => [SignatureAlgorithm.Ed25519],
        _ => [],
    });

    private static readonly SignatureAlgorithm[][] Verifiers = ByKind(kind => kind switch
    {
        KeyKind.RsaPss => Pss,
        KeyKind.EcP256 or KeyKind.EcP384 or KeyKind.EcP521 => [.. Signers[(int)kind].Union(Ecdsa)],
        KeyKind.Dsa => [SignatureAlgorithm.DsaSha256],
        _ => Signers[(int)kind],
    });

    private static readonly SignatureAlgorithm[][] VerifiersWithSha1 = ByKind(kind => kind switch
    {
        KeyKind.Rsa => [.. Verifiers[(int)kind], SignatureAlgorithm.RsaPkcs1Sha1],
        KeyKind.EcP256 or KeyKind.EcP384 or KeyKind.EcP521 => [.. Verifiers[(int)kind], SignatureAlgorithm.EcdsaSha1],
        KeyKind.Dsa => [.. Verifiers[(int)kind], SignatureAlgorithm.DsaSha1],
        _ => Verifiers[(int)kind],
    });

    /// <summary>Lists what a kind of key signs, the most widely understood first; an elliptic curve takes no hash shorter than its own size.</summary>
    public static IReadOnlyList<SignatureAlgorithm> OfSigner(KeyKind kind) => Signers[(int)kind];

    /// <summary>Lists what signatures a kind of key verifies, what it signs first.</summary>
    public static IReadOnlyList<SignatureAlgorithm> OfVerifier(KeyKind kind, LegacyAlgorithms allowed)
    {
        var sha1 = allowed.HasFlag(LegacyAlgorithms.Sha1);
        return (sha1 ? VerifiersWithSha1 : Verifiers)[(int)kind];
    }

    /// <summary>Gives the hash function of an algorithm.</summary>
    public static DigestAlgorithm HashOf(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1Sha1 or SignatureAlgorithm.EcdsaSha1 or SignatureAlgorithm.DsaSha1 => DigestAlgorithm.Sha1,
        SignatureAlgorithm.RsaPkcs1Sha384 or SignatureAlgorithm.RsaPssSha384 or SignatureAlgorithm.EcdsaSha384 => DigestAlgorithm.Sha384,
        SignatureAlgorithm.RsaPkcs1Sha512 or SignatureAlgorithm.RsaPssSha512 or SignatureAlgorithm.EcdsaSha512 => DigestAlgorithm.Sha512,
        SignatureAlgorithm.Ed25519 => throw new ArgumentOutOfRangeException(nameof(algorithm)),
        _ => DigestAlgorithm.Sha256,
    };

    /// <summary>Signs; the algorithm was checked to fit the key.</summary>
    public static byte[] Sign(AsymmetricAlgorithm key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> message) => key switch
    {
        RSA rsa => rsa.SignData(message, Name(algorithm), Padding(algorithm)),
        ECDsa ecdsa => ecdsa.SignData(message, Name(algorithm), DSASignatureFormat.Rfc3279DerSequence),
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    /// <summary>Signs a hash value; the algorithm was checked to fit the key.</summary>
    public static byte[] SignHash(AsymmetricAlgorithm key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> hash) => key switch
    {
        RSA rsa => rsa.SignHash(hash, Name(algorithm), Padding(algorithm)),
        ECDsa ecdsa => ecdsa.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence),
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    /// <summary>Gives the parameters of an algorithm of RSASSA-PSS; <see langword="null"/> for another algorithm.</summary>
    public static RsaPssParameters? PssOf(SignatureAlgorithm algorithm) =>
        Pss.Contains(algorithm) ? new RsaPssParameters(HashOf(algorithm), HashOf(algorithm), HashAlgorithms.LengthOf(HashOf(algorithm))) : null;

    /// <summary>Verifies; the algorithm was checked to fit the key.</summary>
    public static bool TryVerify(AsymmetricAlgorithm key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        try
        {
            return Verify(key, algorithm, message, signature);
        }
        catch (CryptographicException)
        {
            return false; // some malformed signatures surface as an error of the library
        }
    }

    /// <summary>Tells whether a signature is two positive INTEGERs in DER (ECDSA-Sig-Value, Dss-Sig-Value); the libraries also take BER and negative ones, which gives a signature many forms.</summary>
    public static bool IsStrict(ReadOnlySpan<byte> signature) =>
        ECDSASigValue.TryDecode(signature.ToArray(), out var value) && !value.R.IsNegative && !value.S.IsNegative;

    private static bool Verify(AsymmetricAlgorithm key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => key switch
    {
        RSA rsa => rsa.VerifyData(message, signature, Name(algorithm), Padding(algorithm)),
        ECDsa ecdsa => IsStrict(signature) && ecdsa.VerifyData(message, signature, Name(algorithm), DSASignatureFormat.Rfc3279DerSequence),
        DSA dsa => IsStrict(signature) && dsa.VerifyData(message, signature, Name(algorithm), DSASignatureFormat.Rfc3279DerSequence),
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    private static SignatureAlgorithm[][] ByKind(Func<KeyKind, SignatureAlgorithm[]> algorithms) => Array.ConvertAll(Enum.GetValues<KeyKind>(), kind => algorithms(kind));

    private static HashAlgorithmName Name(SignatureAlgorithm algorithm) => HashOf(algorithm).FrameworkName();

    // The framework's PSS uses MGF1 with the same hash and a salt as long as the hash.
    private static RSASignaturePadding Padding(SignatureAlgorithm algorithm) => Pss.Contains(algorithm) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
}
