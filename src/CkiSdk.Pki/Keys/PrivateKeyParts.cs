using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKCS8;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Algorithms;
using ECParameters = CkiSdk.Asn1.Modules.PKIX1Algorithms2008.ECParameters;

namespace CkiSdk.Pki.Keys;

/// <summary>Finds the public half of private keys, and moves them between their forms.</summary>
internal static class PrivateKeyParts
{
    private static readonly AlgorithmIdentifier RsaEncryption = new() { Algorithm = PKCS1Values.RsaEncryption, Parameters = AnyValue.Null };

    /// <summary>Puts an RSAPrivateKey into a PrivateKeyInfo.</summary>
    public static Secret FromPkcs1(Secret key) => SecretDer.Pkcs8(RsaEncryption, key);

    /// <summary>Puts an ECPrivateKey that names its curve into a PrivateKeyInfo.</summary>
    public static Secret FromSec1(Secret key, ECParameters curve) =>
        SecretDer.Pkcs8(new AlgorithmIdentifier { Algorithm = PKIX1Algorithms2008Values.IdEcPublicKey, Parameters = AnyValue.From(curve) }, key);

    /// <summary>Puts an RSAPublicKey into a SubjectPublicKeyInfo.</summary>
    public static byte[] RsaPublic(ReadOnlyMemory<byte> key) =>
        new SubjectPublicKeyInfo { Algorithm = RsaEncryption, SubjectPublicKey = new BitString(key.ToArray()) }.Encode();

    /// <summary>Computes the public half; where that is impossible, it is what the file says, or a key without octets.</summary>
    /// <exception cref="KeyFileException">The private key is malformed.</exception>
    public static byte[] PublicOf(PrivateKeyInfo info)
    {
        var algorithm = info.PrivateKeyAlgorithm;
        var octets = info.PrivateKey.Value.Memory;
        return KeyDescription.KindOf(algorithm.Algorithm) switch
        {
            KeyKind.Rsa or KeyKind.RsaPss => Public(algorithm, RsaPublicOf(octets)),
            KeyKind.EllipticCurve => EllipticPublicOf(info, octets),
            KeyKind.Ed25519 => Ed25519PublicOf(info),
            KeyKind.DiffieHellman => DhPublicOf(info),
            _ => Public(algorithm, info.PublicKey?.Value.Octets ?? ReadOnlyMemory<byte>.Empty),
        };
    }

    /// <summary>Drops a compressed point, which libraries do not read and which the number tells anyway, out of an elliptic-curve key.</summary>
    /// <param name="info">The key.</param>
    /// <param name="subjectPublicKeyInfo">Its public half.</param>
    /// <returns>The DER, owned by the caller; <see langword="null"/> if there is nothing to drop.</returns>
    public static Secret? WithoutCompressedPoint(PrivateKeyInfo info, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        if (KeyDescription.KindOf(info.PrivateKeyAlgorithm.Algorithm) != KeyKind.EllipticCurve
            || !ECPrivateKey.TryDecode(info.PrivateKey.Value.Memory, out var ec)
            || ec.PublicKey is not { } stated
            || !IsCompressed(stated.Octets.Span, SubjectPublicKeyInfo.Decode(subjectPublicKeyInfo).SubjectPublicKey.Octets.Span))
            return null;
        using var key = SecretDer.Take((ec with { PublicKey = null }).Encode());
        return SecretDer.Pkcs8(info.PrivateKeyAlgorithm, key);
    }

    /// <summary>Checks that the private key is that of the public one, and sound by itself.</summary>
    public static KeyFinding? Check(Secret pkcs8, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var info = PrivateKeyInfo.Decode(pkcs8.Memory);
        var octets = info.PrivateKey.Value.Memory;
        switch (KeyDescription.KindOf(info.PrivateKeyAlgorithm.Algorithm))
        {
            case KeyKind.Rsa or KeyKind.RsaPss:
                return RsaPrivateKeys.Check(RSAPrivateKey.Decode(octets));
            case KeyKind.EllipticCurve when ECPrivateKey.TryDecode(octets, out var ec) && ec.PublicKey is { } stated && !Holds(subjectPublicKeyInfo, stated):
            case KeyKind.Ed25519 when info.PublicKey is { } beside && !Holds(subjectPublicKeyInfo, beside.Value):
                return new(CryptoError.InvalidKey, "the public key in the file is not that of the private key");
            default:
                return null;
        }
    }

    private static bool Holds(ReadOnlyMemory<byte> subjectPublicKeyInfo, BitString key) =>
        SubjectPublicKeyInfo.Decode(subjectPublicKeyInfo).SubjectPublicKey.Octets.Span is var whole
        && (whole.SequenceEqual(key.Octets.Span) || IsCompressed(key.Octets.Span, whole));

    // SEC 1 2.3.3: 02 or 03 for the parity of y, then x.
    private static bool IsCompressed(ReadOnlySpan<byte> point, ReadOnlySpan<byte> whole) =>
        whole is [0x04, .., var last] && point is [0x02 or 0x03, ..] && point.Length == (whole.Length + 1) / 2
        && point[1..].SequenceEqual(whole[1..point.Length]) && point[0] == (0x02 | (last & 1));

    private static byte[] Public(AlgorithmIdentifier algorithm, ReadOnlyMemory<byte> key) =>
        new SubjectPublicKeyInfo { Algorithm = algorithm, SubjectPublicKey = new BitString(key.ToArray()) }.Encode();

    private static byte[] RsaPublicOf(ReadOnlyMemory<byte> octets) =>
        RSAPrivateKey.TryDecode(octets, out var key)
            ? new RSAPublicKey { Modulus = key.Modulus, PublicExponent = key.PublicExponent }.Encode()
            : throw Malformed("RSA");

    // The framework computes the point of the number; on a curve that it does not know, the file's own words stand.
    private static byte[] EllipticPublicOf(PrivateKeyInfo info, ReadOnlyMemory<byte> octets)
    {
        if (!ECPrivateKey.TryDecode(octets, out var ec))
            throw Malformed("elliptic-curve");
        try
        {
            if (info.PrivateKeyAlgorithm.Parameters is { } encoded && ECParameters.TryDecode(encoded.Encoded, out var parameters)
                && parameters is ECParameters.NamedCurve { Value: var curve })
            {
                using var key = ECDsa.Create();
                key.ImportParameters(new System.Security.Cryptography.ECParameters
                {
                    Curve = ECCurve.CreateFromValue(curve.ToString()),
                    D = ec.PrivateKey.Memory.ToArray(),
                });
                return key.ExportSubjectPublicKeyInfo();
            }
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            // Described by what the file says, and refused when it is used.
        }

        return Public(info.PrivateKeyAlgorithm, ec.PublicKey?.Octets ?? ReadOnlyMemory<byte>.Empty);
    }

    private static byte[] Ed25519PublicOf(PrivateKeyInfo info)
    {
        var octets = info.PrivateKey.Value.Memory;
        if (octets.Length != 34 || octets.Span is not [0x04, 32, ..])
            throw Malformed("Ed25519");
        using var seed = Secret.From(octets.Span[2..]);
        using var key = new Ed25519SigningKey(seed);
        return key.SubjectPublicKeyInfo.ToArray();
    }

    private static byte[] DhPublicOf(PrivateKeyInfo info)
    {
        using var pkcs8 = SecretDer.Take(info.Encode());
        try
        {
            using var exponent = DhPrivateKeys.Decode(pkcs8, DhGroups.Named, out var group);
            return DhPublicKeys.Encode(group, CryptoProviders.Software.DiffieHellman.PublicValue(group, exponent));
        }
        catch (CryptoProviderException)
        {
            return Public(info.PrivateKeyAlgorithm, ReadOnlyMemory<byte>.Empty); // another group: described, not used
        }
    }

    private static KeyFileException Malformed(string kind) => new(KeyFileError.Malformed, $"The {kind} private key is malformed.");
}
