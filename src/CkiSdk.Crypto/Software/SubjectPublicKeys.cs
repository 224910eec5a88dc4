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

    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 16384; // bounds the work that a stranger's key can cause

    // The DER of the parameters: NULL, prime256v1, secp384r1. Named curves only: nothing else is compared or accepted.
    private static ReadOnlySpan<byte> NullParameters => [0x05, 0x00];

    private static ReadOnlySpan<byte> P256 => [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    private static ReadOnlySpan<byte> P384 => [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22];

    /// <summary>Tells which kind of key a SubjectPublicKeyInfo holds.</summary>
    public static CryptoError? Classify(ReadOnlySpan<byte> subjectPublicKeyInfo, out KeyKind kind)
    {
        kind = default;
        try
        {
            var key = PublicKey.CreateFromSubjectPublicKeyInfo(subjectPublicKeyInfo, out var read);
            if (read != subjectPublicKeyInfo.Length)
                return CryptoError.InvalidKey;
            ReadOnlySpan<byte> parameters = key.EncodedParameters?.RawData;
            switch (key.Oid.Value)
            {
                case RsaEncryption:
                    kind = KeyKind.Rsa;
                    return parameters.SequenceEqual(NullParameters) ? null : CryptoError.InvalidKey;
                case EcPublicKey when parameters.SequenceEqual(P256):
                    kind = KeyKind.EcP256;
                    return null;
                case EcPublicKey when parameters.SequenceEqual(P384):
                    kind = KeyKind.EcP384;
                    return null;
                default:
                    return CryptoError.UnsupportedKey;
            }
        }
        catch (CryptographicException)
        {
            return CryptoError.InvalidKey;
        }
    }

    /// <summary>Imports a public key of a kind that <see cref="Classify"/> found.</summary>
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

    /// <summary>Checks size and exponent of an RSA key.</summary>
    public static CryptoError? CheckRsa(RSA key)
    {
        if (key.KeySize < MinRsaBits)
            return CryptoError.WeakKey;
        if (key.KeySize > MaxRsaBits)
            return CryptoError.UnsupportedKey;
        var exponent = key.ExportParameters(includePrivateParameters: false).Exponent.AsSpan().TrimStart((byte)0);
        var isInvalid = exponent.IsEmpty || (exponent[^1] & 1) == 0 || exponent is [1];
        return isInvalid ? CryptoError.InvalidKey : null; // some platforms refuse these at the import already
    }
}
