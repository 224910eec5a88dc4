using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Crypto.Pkcs11;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki token list</c>: the slots of a module, or the keys of one token.</summary>
internal static class TokenListCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var verb = new PkiVerb(
            "list", "Lists slots with label and flags; with --token and a PIN the keys of that token.", "cki pki token list --module /usr/lib/softhsm/libsofthsm2.so --json");
        var options = new TokenOptions().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var result = new PkiListing();
            using var module = Pkcs11Module.Load(options.Module(parsed), CryptoProviders.Software);
            var uri = options.FindToken(parsed);
            AddSlots(result, module.ListSlots().Where(slot => uri?.Matches(slot) ?? true));
            if (uri is not null)
            {
                using var pin = await options.PinAsync(parsed, uri, cancellationToken).ConfigureAwait(false);
                using var token = await TokenKeys.OpenTokenAsync(uri, pin, cancellationToken).ConfigureAwait(false);
                AddKeys(result, await token.ListKeysAsync(cancellationToken).ConfigureAwait(false));
            }

            return result.ToResult();
        });
    }

    private static void AddSlots(PkiListing result, IEnumerable<Pkcs11Slot> slots)
    {
        foreach (var slot in slots)
        {
            var flags = Enum.GetValues<Pkcs11SlotFlags>().Where(flag => flag != Pkcs11SlotFlags.None && slot.Flags.HasFlag(flag)).Select(flag => flag.ToString()).ToList();
            result.Add("slots", new JsonObject
            {
                ["id"] = slot.Id,
                ["label"] = slot.Label,
                ["description"] = slot.Description,
                ["manufacturer"] = slot.Manufacturer,
                ["model"] = slot.Model,
                ["serial"] = slot.Serial,
                ["flags"] = new JsonArray([.. flags.Select(flag => JsonValue.Create(flag))]),
            }, $"slot {slot.Id}: {(slot.Label.Length == 0 ? "(no label)" : slot.Label)}, serial {(slot.Serial.Length == 0 ? "-" : slot.Serial)}, {string.Join(' ', flags)}");
        }
    }

    private static void AddKeys(PkiListing result, IEnumerable<Pkcs11KeyEntry> keys)
    {
        foreach (var key in keys)
        {
            result.Add("keys", new JsonObject
            {
                ["label"] = key.Label,
                ["id"] = Convert.ToHexStringLower(key.Id.Span),
                ["kind"] = key.Kind,
                ["uses"] = new JsonArray([.. key.Uses.Select(use => JsonValue.Create(use))]),
                ["extractable"] = key.IsExtractable,
                ["uri"] = key.Uri.ToString(),
            }, $"key {key.Label}: {key.Kind}, {string.Join(' ', key.Uses)}, {key.Uri}");
        }
    }
}
