using System.Text.Json;
using CkiSdk.Crypto;

namespace CkiSdk.Corpora.Wycheproof;

/// <summary>Is one group of tests: what they have in common.</summary>
/// <param name="Algorithm">The algorithm that the file names.</param>
/// <param name="Json">The group.</param>
internal sealed record WycheproofGroup(string Algorithm, JsonElement Json)
{
    /// <summary>Gets the type of the tests, such as EcdsaVerify.</summary>
    public string Type => Text("type") ?? "";

    /// <summary>Gives the octets of one of the group's members of several names, because the names changed between versions.</summary>
    public byte[]? Octets(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(name) is { } hex)
                return Convert.FromHexString(hex);
        }

        return null;
    }

    /// <summary>Gives a text.</summary>
    public string? Text(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Gives a number.</summary>
    public int? Number(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    /// <summary>Gives a hash function that the SDK has.</summary>
    public DigestAlgorithm? Hash(string name = "sha") => HashNamed(Text(name));

    /// <summary>Finds a hash function by its name.</summary>
    public static DigestAlgorithm? HashNamed(string? name) => name?.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "SHA1" => DigestAlgorithm.Sha1,
        "SHA256" => DigestAlgorithm.Sha256,
        "SHA384" => DigestAlgorithm.Sha384,
        "SHA512" => DigestAlgorithm.Sha512,
        _ => null,
    };
}
