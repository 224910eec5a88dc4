using System.Text.Json;
using CkiSdk.Crypto;

namespace CkiSdk.Corpora.Wycheproof;

/// <summary>Judges RSASSA-PSS with any parameters; where they are those of an algorithm of the profile, both ways must say the same.</summary>
internal static class PssJudges
{
    public static Func<JsonElement, bool>? For(WycheproofGroup group, ref string reason)
    {
        if (group.Hash() is not { } hash || group.Hash("mgfSha") is not { } mask || group.Number("sLen") is not { } salt || group.Text("mgf") != "MGF1")
            return null;
        if (SignatureJudges.Import(group, ref reason) is not IPssVerificationKey key)
            return null;
        var parameters = new RsaPssParameters(hash, mask, salt);
        var algorithm = AlgorithmOf(parameters);
        return test =>
        {
            var (message, signature) = (Judges.Octets(test, "msg"), Judges.Octets(test, "sig"));
            var isAccepted = key.VerifyPss(parameters, message, signature);
            if (algorithm is { } known && key.Verify(known, message, signature) != isAccepted)
                throw new InvalidOperationException("The two ways to verify RSASSA-PSS differ.");
            return isAccepted;
        };
    }

    private static SignatureAlgorithm? AlgorithmOf(RsaPssParameters parameters) => parameters switch
    {
        { Hash: DigestAlgorithm.Sha256, MaskHash: DigestAlgorithm.Sha256, SaltLength: 32 } => SignatureAlgorithm.RsaPssSha256,
        { Hash: DigestAlgorithm.Sha384, MaskHash: DigestAlgorithm.Sha384, SaltLength: 48 } => SignatureAlgorithm.RsaPssSha384,
        { Hash: DigestAlgorithm.Sha512, MaskHash: DigestAlgorithm.Sha512, SaltLength: 64 } => SignatureAlgorithm.RsaPssSha512,
        _ => null,
    };
}
