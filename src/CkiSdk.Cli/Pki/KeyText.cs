using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Pki;

/// <summary>Shows keys; private numbers are never among what is shown.</summary>
internal static class KeyText
{
    /// <summary>Gives the SHA-256 of the SubjectPublicKeyInfo in hexadecimal.</summary>
    /// <param name="key">The key.</param>
    public static string Fingerprint(ParsedKey key) => Convert.ToHexStringLower(SHA256.HashData(key.SubjectPublicKeyInfo.Span));

    /// <summary>Gives the document.</summary>
    /// <param name="key">The key.</param>
    public static JsonObject ToJson(ParsedKey key) => new()
    {
        ["key"] = key.Description.Name,
        ["private"] = key.IsPrivate,
        ["form"] = key.Form.ToString(),
        ["encrypted"] = key.WasEncrypted,
        ["bits"] = key.Description.Bits,
        ["spkiSha256"] = Fingerprint(key),
        ["usable"] = key.Finding is null,
        ["finding"] = key.Finding is null ? null : new JsonObject { ["code"] = key.Finding.Code.ToString(), ["reason"] = key.Finding.Reason },
        ["public"] = new JsonObject(key.Description.Parts.Select(part => KeyValuePair.Create(part.Key, (JsonNode?)JsonValue.Create(Convert.ToHexStringLower(part.Value.Span))))),
    };

    /// <summary>Gives the short text.</summary>
    /// <param name="key">The key.</param>
    public static string ToShort(ParsedKey key)
    {
        var finding = key.Finding is null ? "" : $"refused for use: {key.Finding.Reason}\n";
        return $"{(key.IsPrivate ? "private" : "public")} key {key.Description.Name} ({key.Form}{(key.WasEncrypted ? ", encrypted" : "")})\nSHA-256 of the public key {Fingerprint(key)}\n{finding}";
    }

    /// <summary>Gives the long text, in the manner of OpenSSL.</summary>
    /// <param name="key">The key.</param>
    public static string ToFull(ParsedKey key)
    {
        var text = new StringBuilder(ToShort(key)).AppendLine();
        text.Append(CultureInfo.InvariantCulture, $"{(key.IsPrivate ? "Private" : "Public")}-Key: ({key.Description.Bits} bit)\n");
        foreach (var (name, octets) in key.Description.Parts)
        {
            PublicKeyText.AppendNumber(text, name, octets.Span, 0, isNumber: name != "pub");
        }

        return text.ToString();
    }
}
