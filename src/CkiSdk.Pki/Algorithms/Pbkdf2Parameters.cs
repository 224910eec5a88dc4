using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS5v21;

namespace CkiSdk.Pki.Algorithms;

/// <summary>Is what PBKDF2 derives with (RFC 8018 §5.2, appendix A.2).</summary>
/// <param name="Salt">The salt.</param>
/// <param name="Iterations">How often the function is repeated, whatever a stranger asks for: bound it before use.</param>
/// <param name="KeyLength">The length of the key in octets, where it is stated.</param>
/// <param name="Function">The hash function of HMAC.</param>
internal sealed record Pbkdf2Parameters(OctetString Salt, Integer Iterations, Integer? KeyLength, HashAlgorithmName Function)
{
    private static readonly (ObjectIdentifier Oid, HashAlgorithmName Name)[] Functions =
    [
        (PKCS5v21Values.IdHmacWithSHA1, HashAlgorithmName.SHA1),
        (PKCS5v21Values.IdHmacWithSHA224, new HashAlgorithmName("SHA224")),
        (PKCS5v21Values.IdHmacWithSHA256, HashAlgorithmName.SHA256),
        (PKCS5v21Values.IdHmacWithSHA384, HashAlgorithmName.SHA384),
        (PKCS5v21Values.IdHmacWithSHA512, HashAlgorithmName.SHA512),
    ];

    /// <summary>Makes the identifier of PBKDF2 with HMAC-SHA-256.</summary>
    public static AlgorithmIdentifier Make(byte[] salt, int iterations) => new()
    {
        Algorithm = PKCS5v21Values.IdPBKDF2,
        Parameters = AnyValue.From(new PBKDF2Params
        {
            Salt = new PBKDF2ParamsSalt.Specified(salt),
            IterationCount = iterations,
            Prf = new AlgorithmIdentifier { Algorithm = PKCS5v21Values.IdHmacWithSHA256, Parameters = AnyValue.Null },
        }),
    };

    /// <summary>Reads an identifier; null if it is not PBKDF2, malformed, or names another salt than octets or another function than HMAC with SHA-1 or SHA-2.</summary>
    public static Pbkdf2Parameters? Read(AlgorithmIdentifier? identifier)
    {
        if (identifier?.Algorithm != PKCS5v21Values.IdPBKDF2
            || identifier.Parameters is not { } encoded
            || !Der.TryDecode<PBKDF2Params>(encoded.Encoded, out var parameters)
            || parameters.Salt is not PBKDF2ParamsSalt.Specified { Value: var salt })
            return null;
        var found = Array.FindIndex(Functions, function => function.Oid == parameters.Prf.Algorithm);
        return found < 0 ? null : new Pbkdf2Parameters(salt, parameters.IterationCount, parameters.KeyLength, Functions[found].Name);
    }
}
