using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CkiSdk.Crypto.Software;

/// <summary>Reads SubjectPublicKeyInfo into the framework's keys and refuses what the profile does not allow.</summary>
internal static class SubjectPublicKeys
{
    /// <summary>rsaEncryption (RFC 8017 appendix C).</summary>
    public const string RsaEncryption = "1.2.840.113549.1.1.1";

    /// <summary>id-ecPublicKey (RFC 5480 §2.1.1).</summary>
    public const string EcPublicKey = "1.2.840.10045.2.1";

    private const string RsaPss = "1.2.840.113549.1.1.10";
    private const string Dsa = "1.2.840.10040.4.1";

    // The DER of the parameters: NULL, prime256v1, secp384r1, secp521r1. Named curves only: nothing else is compared or accepted.
    private static ReadOnlySpan<byte> NullParameters => [0x05, 0x00];

    private static ReadOnlySpan<byte> P256 => [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    private static ReadOnlySpan<byte> P384 => [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22];

    private static ReadOnlySpan<byte> P521 => [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23];

    /// <summary>Tells which kind of key a SubjectPublicKeyInfo holds.</summary>
    public static CryptoError? Classify(ReadOnlySpan<byte> subjectPublicKeyInfo, out KeyKind kind)
    {
        kind = default;
        try
        {
            var key = PublicKey.CreateFromSubjectPublicKeyInfo(subjectPublicKeyInfo, out var read);
            return read == subjectPublicKeyInfo.Length ? Classify(key.Oid.Value, key.EncodedParameters?.RawData, out kind) : CryptoError.InvalidKey;
        }
        catch (CryptographicException)
        {
            return CryptoError.InvalidKey;
        }
    }

    /// <summary>Imports a public key of a kind that <see cref="Classify(ReadOnlySpan{byte}, out KeyKind)"/> found.</summary>
    /// <exception cref="CryptographicException">The key is malformed or its point is not on the curve.</exception>
    public static T Import<T>(T empty, ReadOnlySpan<byte> subjectPublicKeyInfo)
        where T : AsymmetricAlgorithm
    {
        try
        {
            empty.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            return empty;
        }
        catch
        {
            empty.Dispose();
            throw;
        }
    }

    /// <summary>Gives the curve of a kind of key.</summary>
    public static ECCurve CurveOf(KeyKind kind) => kind switch
    {
        KeyKind.EcP256 => ECCurve.NamedCurves.nistP256,
        KeyKind.EcP384 => ECCurve.NamedCurves.nistP384,
        KeyKind.EcP521 => ECCurve.NamedCurves.nistP521,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Tells whether a kind of key is on an elliptic curve that agrees and signs.</summary>
    public static bool IsElliptic(KeyKind kind) => kind is KeyKind.EcP256 or KeyKind.EcP384 or KeyKind.EcP521;

    /// <summary>Checks the public half of an RSA key.</summary>
    public static KeyFinding? CheckRsa(RSA key, LegacyAlgorithms allowed = LegacyAlgorithms.None)
    {
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return RsaKeyRules.Check(numbers.Modulus, numbers.Exponent, allowed);
    }

    private static CryptoError? Classify(string? oid, ReadOnlySpan<byte> parameters, out KeyKind kind)
    {
        kind = oid switch
        {
            RsaEncryption => KeyKind.Rsa,
            RsaPss => KeyKind.RsaPss,
            Dsa => KeyKind.Dsa,
            Ed25519Keys.Oid => KeyKind.Ed25519,
            EcPublicKey when parameters.SequenceEqual(P384) => KeyKind.EcP384,
            EcPublicKey when parameters.SequenceEqual(P521) => KeyKind.EcP521,
            _ => KeyKind.EcP256,
        };
        return kind switch
        {
            KeyKind.Rsa => parameters.SequenceEqual(NullParameters) ? null : CryptoError.InvalidKey,
            KeyKind.Ed25519 => parameters.IsEmpty ? null : CryptoError.InvalidKey,
            KeyKind.EcP256 => oid == EcPublicKey && parameters.SequenceEqual(P256) ? null : CryptoError.UnsupportedKey,
            _ => null,
        };
    }
}
