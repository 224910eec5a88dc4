using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS8;

namespace CkiSdk.Crypto.Software;

/// <summary>Writes and reads Ed25519 keys (RFC 8410).</summary>
internal static class Ed25519Keys
{
    /// <summary>id-Ed25519 (RFC 8410 §3).</summary>
    public const string Oid = "1.3.101.112";

    private const int Length = 32;

    private static readonly AlgorithmIdentifier Identifier = new() { Algorithm = ObjectIdentifier.Parse(Oid) };

    // SEQUENCE { INTEGER 0, SEQUENCE { id-Ed25519 }, OCTET STRING { OCTET STRING of 32 octets } } up to the octets themselves.
    private static ReadOnlySpan<byte> PrivatePrefix => [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    /// <summary>Writes a public key as the DER of SubjectPublicKeyInfo.</summary>
    public static byte[] EncodePublic(ReadOnlySpan<byte> publicKey) =>
        new SubjectPublicKeyInfo { Algorithm = Identifier, SubjectPublicKey = new BitString(publicKey.ToArray()) }.Encode();

    /// <summary>Writes a private key as the DER of PrivateKeyInfo, in one secret buffer.</summary>
    public static Secret EncodePrivate(Secret seed)
    {
        var der = new Secret(PrivatePrefix.Length + Length);
        PrivatePrefix.CopyTo(der.Span);
        seed.Span.CopyTo(der.Span[PrivatePrefix.Length..]);
        return der;
    }

    /// <summary>Reads the private key out of a PrivateKeyInfo that names Ed25519.</summary>
    /// <exception cref="CryptoProviderException">It is malformed.</exception>
    public static Secret DecodePrivate(PrivateKeyInfo key)
    {
        var octets = key.PrivateKey.Value.Memory.Span; // CurvePrivateKey, an OCTET STRING inside the OCTET STRING (RFC 8410 §7)
        return octets is [0x04, Length, ..] && octets.Length == Length + 2 && key.PrivateKeyAlgorithm.Parameters is null
            ? Secret.From(octets[2..])
            : throw new CryptoProviderException(CryptoError.InvalidKey, "The octets are no Ed25519 private key.");
    }

    /// <summary>Reads the public key out of a SubjectPublicKeyInfo that names Ed25519; <see langword="null"/> if it is malformed.</summary>
    public static byte[]? DecodePublic(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        SubjectPublicKeyInfo.TryDecode(subjectPublicKeyInfo.ToArray(), out var key)
        && key.Algorithm.Parameters is null && key.SubjectPublicKey is { UnusedBits: 0, Octets.Length: Length }
            ? key.SubjectPublicKey.Octets.ToArray()
            : null;
}
