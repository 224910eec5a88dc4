using System.Security.Cryptography;
using System.Text.Json;
using CkiSdk.Crypto;

namespace CkiSdk.Corpora.Wycheproof;

/// <summary>Judges HKDF and PBKDF2.</summary>
internal static class DerivationJudges
{
    public static Func<JsonElement, bool>? For(WycheproofGroup group) => group.Algorithm switch
    {
        var name when name.StartsWith("HKDF-", StringComparison.Ordinal) && WycheproofGroup.HashNamed(name[5..]) is { } hash => test => HkdfOf(hash, test),
        var name when name.StartsWith("PBKDF2-HMACSHA", StringComparison.Ordinal) && name[11..] is var hash && IsKnown(hash) => test => Pbkdf2(hash, test),
        _ => null,
    };

    private static bool IsKnown(string hash) => hash is "SHA1" or "SHA224" or "SHA256" or "SHA384" or "SHA512";

    private static bool HkdfOf(DigestAlgorithm hash, JsonElement test)
    {
        using var input = Secret.From(Judges.Octets(test, "ikm"));
        using var key = Hkdf.Extract(hash, Judges.Octets(test, "salt"), input);
        try
        {
            using var output = Hkdf.Expand(hash, key, Judges.Octets(test, "info"), test.GetProperty("size").GetInt32());
            return output.FixedTimeEquals(Judges.Octets(test, "okm"));
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private static bool Pbkdf2(string hash, JsonElement test)
    {
        using var password = Secret.From(Judges.Octets(test, "password"));
        using var key = PasswordDerivation.Pbkdf2(
            new HashAlgorithmName(hash), password, Judges.Octets(test, "salt"), test.GetProperty("iterationCount").GetInt32(), test.GetProperty("dkLen").GetInt32());
        return key.FixedTimeEquals(Judges.Octets(test, "dk"));
    }
}
