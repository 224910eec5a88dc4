using System.Security.Cryptography;
using CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Crypto.Software;

/// <summary>Imports the keys that verify, each kind by its library.</summary>
internal static class VerificationKeys
{
    private const int MinDsaBits = 1024;
    private const int MaxDsaBits = 4096;

    /// <summary>Imports a key of a known kind; the answer is why it was refused.</summary>
    public static CryptoError? Import(
        ReadOnlySpan<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> subjectPublicKey, KeyKind kind, LegacyAlgorithms allowed, out IVerificationKey? key)
    {
        key = null;
        try
        {
            return kind switch
            {
                KeyKind.Rsa => ImportRsa(subjectPublicKeyInfo, kind, allowed, binding: null, out key),
                KeyKind.RsaPss => ImportRsaPss(subjectPublicKeyInfo.ToArray(), allowed, out key),
                KeyKind.Dsa => ImportDsa(subjectPublicKeyInfo, allowed, out key),
                KeyKind.Ed25519 => ImportEd25519(subjectPublicKeyInfo, out key),
                _ when LibCryptoEcdsa.IsAvailable => ImportPoint(subjectPublicKey, kind, allowed, out key),
                _ => ImportEcdsa(subjectPublicKeyInfo, kind, allowed, out key),
            };
        }
        catch (CryptographicException)
        {
            return CryptoError.InvalidKey;
        }
    }

    private static CryptoError? ImportRsaPss(byte[] der, LegacyAlgorithms allowed, out IVerificationKey? key)
    {
        key = null;
        return SubjectPublicKeyInfo.TryDecode(der, out var info) && RsaPssBinding.Read(info.Algorithm) is { } binding
            ? ImportRsa(RsaPssBinding.Unbind(info), KeyKind.RsaPss, allowed, binding, out key)
            : CryptoError.UnsupportedKey;
    }

    private static CryptoError? ImportRsa(ReadOnlySpan<byte> der, KeyKind kind, LegacyAlgorithms allowed, RsaPssBinding? binding, out IVerificationKey? key)
    {
        key = null;
        var rsa = SubjectPublicKeys.Import(RSA.Create(), der);
        if (SubjectPublicKeys.CheckRsa(rsa, allowed) is { } finding)
        {
            rsa.Dispose();
            return finding.Code;
        }

        key = new RsaVerificationKey(rsa, kind, allowed, binding);
        return null;
    }

    private static CryptoError? ImportPoint(ReadOnlySpan<byte> point, KeyKind kind, LegacyAlgorithms allowed, out IVerificationKey? key)
    {
        var handle = LibCryptoEcdsa.Import(kind, point);
        key = handle is null ? null : new EcdsaVerificationKey(handle, kind, allowed);
        return handle is null ? CryptoError.InvalidKey : null;
    }

    private static CryptoError? ImportEcdsa(ReadOnlySpan<byte> der, KeyKind kind, LegacyAlgorithms allowed, out IVerificationKey? key)
    {
        key = new SoftwareVerificationKey(SubjectPublicKeys.Import(ECDsa.Create(), der), kind, allowed);
        return null;
    }

    private static CryptoError? ImportEd25519(ReadOnlySpan<byte> der, out IVerificationKey? key)
    {
        var octets = Ed25519Keys.DecodePublic(der);
        key = octets is null ? null : new Ed25519VerificationKey(octets);
        return octets is null ? CryptoError.InvalidKey : null;
    }

#pragma warning disable CA5384 // DSA verifies old signatures where the caller permits it by name
    private static CryptoError? ImportDsa(ReadOnlySpan<byte> der, LegacyAlgorithms allowed, out IVerificationKey? key)
    {
        key = null;
        if (!allowed.HasFlag(LegacyAlgorithms.Dsa))
            return CryptoError.UnsupportedKey;
        var dsa = SubjectPublicKeys.Import(DSA.Create(), der);
        if (dsa.KeySize is >= MinDsaBits and <= MaxDsaBits)
        {
            key = new SoftwareVerificationKey(dsa, KeyKind.Dsa, allowed);
            return null;
        }

        var isShort = dsa.KeySize < MinDsaBits;
        dsa.Dispose();
        return isShort ? CryptoError.WeakKey : CryptoError.UnsupportedKey;
    }
#pragma warning restore CA5384
}
