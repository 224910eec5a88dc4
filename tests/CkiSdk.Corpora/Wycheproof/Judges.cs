using System.Text.Json;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Corpora.Wycheproof;

/// <summary>Finds what judges the tests of a group.</summary>
internal static class Judges
{
    /// <summary>Gets the provider under test.</summary>
    public static CryptoProvider Provider => CryptoProviders.Software;

    /// <summary>Gives the judge of a group, which says whether a test is accepted; <see langword="null"/> with a reason if the group is no part of the SDK.</summary>
    public static Func<JsonElement, bool>? For(WycheproofGroup group, out string reason)
    {
        reason = $"{group.Type} of {group.Algorithm} {group.Text("curve")}{group.Text("sha")}".TrimEnd();
        return group.Type switch
        {
            "EcdsaVerify" or "EcdsaP1363Verify" or "EddsaVerify" or "DsaVerify" or "DsaP1363Verify" or "RsassaPkcs1Verify" => SignatureJudges.For(group, ref reason),
            "RsassaPssVerify" or "RsassaPssWithParametersVerify" => PssJudges.For(group, ref reason),
            "RsassaPkcs1Generate" => SignatureJudges.Generate(group, ref reason),
            "RsaesOaepDecrypt" or "RsaesPkcs1Decrypt" => DecryptionJudges.For(group, ref reason),
            "EcdhTest" or "EcdhEcpointTest" or "EcdhPemTest" or "EcdhWebcryptoTest" => AgreementJudges.For(group),
            "AeadTest" or "IndCpaTest" or "KeywrapTest" or "MacTest" => SymmetricJudges.For(group),
            "HkdfTest" or "PbkdfTest" => DerivationJudges.For(group),
            "PrimalityTest" => PrimalityJudges.Judge,
            _ => null,
        };
    }

    /// <summary>Gives the octets of a member in hexadecimal.</summary>
    public static byte[] Octets(JsonElement test, string name) => Convert.FromHexString(test.GetProperty(name).GetString()!);
}
