using System.Text.Json;
using CkiSdk.Crypto;

namespace CkiSdk.Corpora.Wycheproof;

/// <summary>Judges signatures; everything old is permitted, because the vectors are.</summary>
internal static class SignatureJudges
{
    private const LegacyAlgorithms Everything = LegacyAlgorithms.Sha1 | LegacyAlgorithms.Dsa | LegacyAlgorithms.SmallExponents;

    public static Func<JsonElement, bool>? For(WycheproofGroup group, ref string reason)
    {
        if (AlgorithmOf(group) is not { } algorithm || Import(group, ref reason) is not { } key)
            return null;
        if (!key.Algorithms.Contains(algorithm))
            return null;
        var isFixed = group.Type.EndsWith("P1363Verify", StringComparison.Ordinal);
        var length = isFixed ? FixedLength(key, group) : 0;
        return test =>
        {
            var signature = Judges.Octets(test, "sig");
            if (isFixed && signature.Length != 2 * length)
                return false;
            return key.Verify(algorithm, Judges.Octets(test, "msg"), isFixed ? EcdsaSignatures.ToDer(signature) : signature);
        };
    }

    public static Func<JsonElement, bool>? Generate(WycheproofGroup group, ref string reason)
    {
        if (AlgorithmOf(group) is not { } algorithm)
            return null;
        using var pkcs8 = Secret.From(group.Octets("privateKeyPkcs8")!);
        ISigningKey key;
        try
        {
            key = Judges.Provider.Keys.ImportSigningKeyAsync(pkcs8).AsTask().GetAwaiter().GetResult();
        }
        catch (CryptoProviderException refusal)
        {
            reason = refusal.Message;
            return null;
        }

        return test => key.Algorithms.Contains(algorithm)
            && key.SignAsync(algorithm, Judges.Octets(test, "msg")).AsTask().GetAwaiter().GetResult().AsSpan().SequenceEqual(Judges.Octets(test, "sig"));
    }

    public static IVerificationKey? Import(WycheproofGroup group, ref string reason)
    {
        if (Judges.Provider.PublicKeys.TryImportVerificationKey(group.Octets("publicKeyDer", "keyDer"), Everything, out var key, out var error))
            return key;
        reason = $"the key is refused: {error}, {group.Number("keySize")}{KeyName(group)}";
        return null;
    }

    private static string? KeyName(WycheproofGroup group) =>
        group.Json.TryGetProperty("publicKey", out var key) || group.Json.TryGetProperty("key", out key)
            ? key.ValueKind == JsonValueKind.Object && key.TryGetProperty("curve", out var curve) ? curve.GetString() : null
            : null;

    private static int FixedLength(IVerificationKey key, WycheproofGroup group) => KeyName(group) switch
    {
        "secp256r1" or "P-256" => 32,
        "secp384r1" or "P-384" => 48,
        "secp521r1" or "P-521" => 66,
        _ => key.Algorithms.Contains(SignatureAlgorithm.DsaSha256) ? DsaOrderLength(group) : 0,
    };

    private static int DsaOrderLength(WycheproofGroup group) =>
        (group.Json.TryGetProperty("publicKey", out var key) || group.Json.TryGetProperty("key", out key)) && key.TryGetProperty("q", out var q)
            ? Convert.FromHexString(q.GetString()!).AsSpan().TrimStart((byte)0).Length
            : 0;

    private static SignatureAlgorithm? AlgorithmOf(WycheproofGroup group) => (group.Type, group.Hash()) switch
    {
        ("EddsaVerify", _) => SignatureAlgorithm.Ed25519,
        ("EcdsaVerify" or "EcdsaP1363Verify", DigestAlgorithm.Sha256) => SignatureAlgorithm.EcdsaSha256,
        ("EcdsaVerify" or "EcdsaP1363Verify", DigestAlgorithm.Sha384) => SignatureAlgorithm.EcdsaSha384,
        ("EcdsaVerify" or "EcdsaP1363Verify", DigestAlgorithm.Sha512) => SignatureAlgorithm.EcdsaSha512,
        ("EcdsaVerify" or "EcdsaP1363Verify", DigestAlgorithm.Sha1) => SignatureAlgorithm.EcdsaSha1,
        ("DsaVerify" or "DsaP1363Verify", DigestAlgorithm.Sha256) => SignatureAlgorithm.DsaSha256,
        ("DsaVerify" or "DsaP1363Verify", DigestAlgorithm.Sha1) => SignatureAlgorithm.DsaSha1,
        ("RsassaPkcs1Verify" or "RsassaPkcs1Generate", DigestAlgorithm.Sha256) => SignatureAlgorithm.RsaPkcs1Sha256,
        ("RsassaPkcs1Verify" or "RsassaPkcs1Generate", DigestAlgorithm.Sha384) => SignatureAlgorithm.RsaPkcs1Sha384,
        ("RsassaPkcs1Verify" or "RsassaPkcs1Generate", DigestAlgorithm.Sha512) => SignatureAlgorithm.RsaPkcs1Sha512,
        ("RsassaPkcs1Verify" or "RsassaPkcs1Generate", DigestAlgorithm.Sha1) => SignatureAlgorithm.RsaPkcs1Sha1,
        _ => null,
    };
}
