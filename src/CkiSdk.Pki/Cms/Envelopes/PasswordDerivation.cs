using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS5v21;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Derives keys from passwords by PBKDF2 (RFC 8018 §5.2).</summary>
internal static class PasswordDerivation
{
    private const int MaxIterations = 10_000_000; // bounds the work that a stranger's message can cause

    private static readonly (ObjectIdentifier Oid, HashAlgorithmName Name)[] Functions =
    [
        (PKCS5v21Values.IdHmacWithSHA1, HashAlgorithmName.SHA1),
        (PKCS5v21Values.IdHmacWithSHA256, HashAlgorithmName.SHA256),
        (PKCS5v21Values.IdHmacWithSHA384, HashAlgorithmName.SHA384),
        (PKCS5v21Values.IdHmacWithSHA512, HashAlgorithmName.SHA512),
    ];

    /// <summary>Makes the identifier: HMAC with SHA-256.</summary>
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

    /// <summary>Tells whether a derivation is known and not too much work.</summary>
    public static bool IsKnown(AlgorithmIdentifier? derivation) => Read(derivation) is not null;

    /// <summary>Derives a key; null if the derivation is not known.</summary>
    public static Secret? Derive(AlgorithmIdentifier? derivation, Secret password, int length)
    {
        if (Read(derivation) is not var (salt, iterations, function) || salt is null)
            return null;
        var key = new Secret(length);
        Rfc2898DeriveBytes.Pbkdf2(password.Span, salt, key.Span, iterations, function);
        return key;
    }

    private static (byte[] Salt, int Iterations, HashAlgorithmName Function)? Read(AlgorithmIdentifier? derivation)
    {
        if (derivation?.Algorithm != PKCS5v21Values.IdPBKDF2
            || derivation.Parameters is not { } encoded
            || !Der.TryDecode<PBKDF2Params>(encoded.Encoded, out var parameters)
            || parameters.Salt is not PBKDF2ParamsSalt.Specified { Value: var salt }
            || !parameters.IterationCount.TryToInt32(out var iterations)
            || iterations is < 1 or > MaxIterations)
            return null;
        var found = Array.FindIndex(Functions, function => function.Oid == parameters.Prf.Algorithm);
        return found < 0 ? null : (salt.ToArray(), iterations, Functions[found].Name);
    }
}
