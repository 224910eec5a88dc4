using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKIX1PSSOAEPAlgorithms;

namespace CkiSdk.Crypto;

/// <summary>Reads the parameters of RSASSA-PSS out of algorithm identifiers (RFC 4055 §3.1).</summary>
public static class RsaPssParametersReader
{
    private const int DefaultSalt = 20;
    private const int LongestSalt = 2048;

    /// <summary>Reads the DER of RSASSA-PSS-params; what is left out is SHA-1, MGF1 with SHA-1, and a salt of 20 octets.</summary>
    /// <param name="der">The DER.</param>
    /// <returns>The parameters; <see langword="null"/> if they are malformed or name other functions.</returns>
    public static RsaPssParameters? Read(ReadOnlyMemory<byte> der)
    {
        if (!RSASSAPSSParams.TryDecode(der, out var value) || value.TrailerField != 1)
            return null;
        var hash = HashOf(value.HashAlgorithm);
        var mask = MaskHashOf(value.MaskGenAlgorithm);
        var isSalt = value.SaltLength >= 0 && value.SaltLength <= LongestSalt && value.SaltLength.TryToInt32(out _);
        if (hash is null || mask is null || !isSalt)
            return null;
        _ = value.SaltLength.TryToInt32(out var salt);
        return new RsaPssParameters(hash.Value, mask.Value, salt);
    }

    /// <summary>Gets the parameters of whoever leaves all out.</summary>
    internal static RsaPssParameters Defaults { get; } = new(DigestAlgorithm.Sha1, DigestAlgorithm.Sha1, DefaultSalt);

    /// <summary>Reads the hash function of parameters; left out, it is SHA-1.</summary>
    /// <param name="identifier">The identifier, or <see langword="null"/>.</param>
    /// <returns>The hash function; <see langword="null"/> for another one.</returns>
    internal static DigestAlgorithm? HashOf(AlgorithmIdentifier? identifier)
    {
        if (identifier is null)
            return DigestAlgorithm.Sha1;
        if (identifier.Parameters is { } parameters && parameters != AnyValue.Null)
            return null; // RFC 4055 §2.1: NULL, and absent is accepted
        return identifier.Algorithm switch
        {
            var oid when oid == PKIX1PSSOAEPAlgorithmsValues.IdSha256 => DigestAlgorithm.Sha256,
            var oid when oid == PKIX1PSSOAEPAlgorithmsValues.IdSha384 => DigestAlgorithm.Sha384,
            var oid when oid == PKIX1PSSOAEPAlgorithmsValues.IdSha512 => DigestAlgorithm.Sha512,
            var oid when oid == PKIX1PSSOAEPAlgorithmsValues.IdSha1 => DigestAlgorithm.Sha1,
            _ => null,
        };
    }

    private static DigestAlgorithm? MaskHashOf(AlgorithmIdentifier? identifier) => identifier switch
    {
        null => DigestAlgorithm.Sha1,
        { Parameters: { } parameters } when identifier.Algorithm == PKIX1PSSOAEPAlgorithmsValues.IdMgf1
            && AlgorithmIdentifier.TryDecode(parameters.Encoded, out var hash) => HashOf(hash),
        _ => null,
    };
}
