using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Says by which mechanisms a token signs hash values.</summary>
internal static class SignatureMechanisms
{
    /// <summary>Lists what a kind of key signs, the most widely understood first; an elliptic curve takes no hash shorter than its own size.</summary>
    public static IReadOnlyList<SignatureAlgorithm> Of(TokenPublicKey key)
    {
        SignatureAlgorithm[] ecdsa = [SignatureAlgorithm.EcdsaSha256, SignatureAlgorithm.EcdsaSha384, SignatureAlgorithm.EcdsaSha512];
        return key.Kind switch
        {
            TokenKeyKind.Rsa =>
            [
                SignatureAlgorithm.RsaPkcs1Sha256, SignatureAlgorithm.RsaPkcs1Sha384, SignatureAlgorithm.RsaPkcs1Sha512,
                SignatureAlgorithm.RsaPssSha256, SignatureAlgorithm.RsaPssSha384, SignatureAlgorithm.RsaPssSha512,
            ],
            TokenKeyKind.EcP256 => ecdsa,
            TokenKeyKind.EcP384 => ecdsa[1..],
            TokenKeyKind.EcP521 => ecdsa[2..],
            _ => [],
        };
    }

    /// <summary>Gives the hash function of an algorithm.</summary>
    public static DigestAlgorithm HashOf(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1Sha384 or SignatureAlgorithm.RsaPssSha384 or SignatureAlgorithm.EcdsaSha384 => DigestAlgorithm.Sha384,
        SignatureAlgorithm.RsaPkcs1Sha512 or SignatureAlgorithm.RsaPssSha512 or SignatureAlgorithm.EcdsaSha512 => DigestAlgorithm.Sha512,
        _ => DigestAlgorithm.Sha256,
    };

    /// <summary>Gives the length of a hash value in octets.</summary>
    public static int LengthOf(DigestAlgorithm hash) => hash switch
    {
        DigestAlgorithm.Sha1 => 20,
        DigestAlgorithm.Sha256 => 32,
        DigestAlgorithm.Sha384 => 48,
        _ => 64,
    };

    /// <summary>Gives what an RSA key signs: the DER of DigestInfo for PKCS #1 v1.5 (RFC 8017 §9.2), the hash value for PSS.</summary>
    public static byte[] InputOf(SignatureAlgorithm algorithm, byte[] hash)
    {
        if (IsPss(algorithm))
            return hash;
        var arc = HashOf(algorithm) switch { DigestAlgorithm.Sha256 => 1, DigestAlgorithm.Sha384 => 2, _ => 3 }; // 2.16.840.1.101.3.4.2.arc
        return
        [
            0x30, (byte)(17 + hash.Length), 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, (byte)arc, 0x05, 0x00,
            0x04, (byte)hash.Length, .. hash,
        ];
    }

    /// <summary>Makes the mechanism that signs a hash value.</summary>
    public static IMechanism Create(SignatureAlgorithm algorithm)
    {
        var factories = LibraryLoader.Factories;
        if (algorithm is SignatureAlgorithm.EcdsaSha256 or SignatureAlgorithm.EcdsaSha384 or SignatureAlgorithm.EcdsaSha512)
            return factories.MechanismFactory.Create(CKM.CKM_ECDSA);
        if (!IsPss(algorithm))
            return factories.MechanismFactory.Create(CKM.CKM_RSA_PKCS);
        var hash = HashOf(algorithm);
        var parameters = factories.MechanismParamsFactory.CreateCkRsaPkcsPssParams((ulong)HashMechanism(hash), (ulong)MaskFunction(hash), (ulong)LengthOf(hash));
        return factories.MechanismFactory.Create(CKM.CKM_RSA_PKCS_PSS, parameters);
    }

    /// <summary>Gives the mechanism of a hash function, as parameters name it.</summary>
    public static CKM HashMechanism(DigestAlgorithm hash) => hash switch
    {
        DigestAlgorithm.Sha1 => CKM.CKM_SHA_1,
        DigestAlgorithm.Sha256 => CKM.CKM_SHA256,
        DigestAlgorithm.Sha384 => CKM.CKM_SHA384,
        _ => CKM.CKM_SHA512,
    };

    /// <summary>Gives MGF1 with a hash function.</summary>
    public static CKG MaskFunction(DigestAlgorithm hash) => hash switch
    {
        DigestAlgorithm.Sha1 => CKG.CKG_MGF1_SHA1,
        DigestAlgorithm.Sha256 => CKG.CKG_MGF1_SHA256,
        DigestAlgorithm.Sha384 => CKG.CKG_MGF1_SHA384,
        _ => CKG.CKG_MGF1_SHA512,
    };

    private static bool IsPss(SignatureAlgorithm algorithm) =>
        algorithm is SignatureAlgorithm.RsaPssSha256 or SignatureAlgorithm.RsaPssSha384 or SignatureAlgorithm.RsaPssSha512;
}
