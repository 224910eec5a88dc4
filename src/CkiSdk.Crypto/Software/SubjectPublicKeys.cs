using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Crypto.Software;

/// <summary>Reads SubjectPublicKeyInfo into the framework's keys and refuses what the profile does not allow.</summary>
internal static class SubjectPublicKeys
{
    /// <summary>rsaEncryption (RFC 8017 appendix C).</summary>
    public const string RsaEncryption = "1.2.840.113549.1.1.1";

    /// <summary>id-ecPublicKey (RFC 5480 §2.1.1).</summary>
    public const string EcPublicKey = "1.2.840.10045.2.1";

    /// <summary>id-RSASSA-PSS (RFC 4055 §1.2).</summary>
    public const string RsaSsaPss = "1.2.840.113549.1.1.10";

    private static readonly ObjectIdentifier Rsa = ObjectIdentifier.Parse(RsaEncryption);
    private static readonly ObjectIdentifier RsaPss = ObjectIdentifier.Parse(RsaSsaPss);
    private static readonly ObjectIdentifier Elliptic = ObjectIdentifier.Parse(EcPublicKey);
    private static readonly ObjectIdentifier Dsa = ObjectIdentifier.Parse("1.2.840.10040.4.1");
    private static readonly ObjectIdentifier Ed25519 = ObjectIdentifier.Parse(Ed25519Keys.Oid);

    // The DER of the parameters: NULL, prime256v1, secp384r1, secp521r1. Named curves only: nothing else is compared or accepted.
    private static ReadOnlySpan<byte> NullParameters => [0x05, 0x00];

    private static ReadOnlySpan<byte> P256 => [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    private static ReadOnlySpan<byte> P384 => [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22];

    private static ReadOnlySpan<byte> P521 => [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23];

    /// <summary>Tells which kind of key a SubjectPublicKeyInfo holds.</summary>
    public static CryptoError? Classify(ReadOnlySpan<byte> subjectPublicKeyInfo, out KeyKind kind) => Classify(subjectPublicKeyInfo, out kind, out _);

    /// <summary>Tells which kind of key a SubjectPublicKeyInfo holds, and where the key itself lies in it.</summary>
    public static CryptoError? Classify(ReadOnlySpan<byte> subjectPublicKeyInfo, out KeyKind kind, out ReadOnlySpan<byte> subjectPublicKey)
    {
        kind = default;
        subjectPublicKey = default;
        try
        {
            var key = SubjectPublicKeyInfoView.Decode(subjectPublicKeyInfo);
            var octets = key.SubjectPublicKey;
            if (octets.UnusedBits != 0)
                return CryptoError.InvalidKey;
            subjectPublicKey = octets.Octets;
            var algorithm = key.Algorithm;
            return Classify(algorithm.Algorithm, algorithm.HasParameters ? algorithm.Parameters.Encoded : default, out kind);
        }
        catch (DerException)
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

    private static CryptoError? Classify(ObjectIdentifierView algorithm, ReadOnlySpan<byte> parameters, out KeyKind kind)
    {
        kind = default;
        if (algorithm == Elliptic)
            return ClassifyCurve(parameters, out kind);
        if (algorithm == Rsa)
            return parameters.SequenceEqual(NullParameters) ? null : CryptoError.InvalidKey;
        if (algorithm == Ed25519)
            return parameters.IsEmpty ? Found(KeyKind.Ed25519, out kind) : CryptoError.InvalidKey;
        if (algorithm == RsaPss)
            return Found(KeyKind.RsaPss, out kind);
        return algorithm == Dsa ? Found(KeyKind.Dsa, out kind) : CryptoError.UnsupportedKey;
    }

    private static CryptoError? ClassifyCurve(ReadOnlySpan<byte> parameters, out KeyKind kind)
    {
        kind = default;
        if (parameters.SequenceEqual(P256))
            return Found(KeyKind.EcP256, out kind);
        if (parameters.SequenceEqual(P384))
            return Found(KeyKind.EcP384, out kind);
        return parameters.SequenceEqual(P521) ? Found(KeyKind.EcP521, out kind) : CryptoError.UnsupportedKey;
    }

    private static CryptoError? Found(KeyKind found, out KeyKind kind)
    {
        kind = found;
        return null;
    }
}
