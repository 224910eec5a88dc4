using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Pki;

/// <content>The options of authorities, requests and certificates.</content>
internal static partial class PkiOptions
{
    /// <summary>Makes <c>--ca D</c>.</summary>
    public static Option<string> Authority() => new("--ca") { Description = "The folder of the authority.", HelpName = "D", Required = true };

    /// <summary>Makes <c>--subject DN</c>.</summary>
    /// <param name="isRequired">Whether it must be there.</param>
    public static Option<string?> Subject(bool isRequired) =>
        new("--subject") { Description = "The subject as RFC 4514 writes it, such as \"CN=www.example,O=Example,C=GB\".", HelpName = "DN", Required = isRequired };

    /// <summary>Makes <c>--days N</c>.</summary>
    /// <param name="days">The default.</param>
    public static Option<int> Days(int days) => NumberOptions.Make("--days", days, 1, 36500, "For how many days it is valid.");

    /// <summary>Makes <c>--path-length N</c>.</summary>
    /// <param name="description">For whom it is.</param>
    public static Option<int?> PathLength(string description) => NumberOptions.MakeOptional("--path-length", 0, description);

    /// <summary>Makes an option that names places in a certificate.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What is there.</param>
    public static Option<string[]> Locations(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description + " May stand several times.", HelpName = "URI", AllowMultipleArgumentsPerToken = false };
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => !Uri.IsWellFormedUriString(token.Value, UriKind.Absolute) || !Ascii.IsValid(token.Value)) is { } word)
            {
                result.AddError($"{name}: '{word.Value}' is no absolute URI in ASCII.");
            }
        });
        return option;
    }

    /// <summary>Makes <c>--san NAME</c>.</summary>
    public static Option<string[]> AlternativeNames() => new("--san")
    {
        Description = "A name in subjectAltName: a host, an address, a mailbox or a URI; dns:, ip:, mail: or uri: in front says which.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Reads a distinguished name.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="CommandException">It is none.</exception>
    public static DistinguishedName Name(string text)
    {
        try
        {
            return DistinguishedName.Parse(text);
        }
        catch (ArgumentException exception)
        {
            throw CommandException.Usage($"{Failures.Words(exception)} Write it as RFC 4514 does, such as CN=www.example,O=Example,C=GB.", exception);
        }
    }

    /// <summary>Reads the names of <c>--san</c>.</summary>
    /// <param name="texts">The words.</param>
    /// <exception cref="CommandException">A name is malformed.</exception>
    public static GeneralName[] ParseNames(string[]? texts)
    {
        try
        {
            return Array.ConvertAll(texts ?? [], ParseName);
        }
        catch (ArgumentException exception)
        {
            throw CommandException.Usage("--san: hosts, mailboxes and URIs are ASCII; others are written in their ASCII form, such as xn--exmple-cua.com.", exception);
        }
    }

    /// <summary>Gives the moment, without fractions of a second.</summary>
    public static DateTimeOffset Now() => DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>Writes a public result where <c>--out</c> says, and ends the command with it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="target"><c>--out</c>.</param>
    /// <param name="form"><c>--outform</c>.</param>
    /// <param name="force"><c>--force</c>.</param>
    /// <param name="der">The DER.</param>
    /// <param name="label">The label of PEM.</param>
    /// <param name="json">The document.</param>
    /// <param name="text">What the file holds, in a line.</param>
    /// <param name="output">The standard output.</param>
    /// <exception cref="CommandException">With <c>--json</c> the standard output is taken.</exception>
    public static PkiResult Write(
        ParseResult parsed, Option<string> target, Option<string> form, Option<bool> force, ReadOnlySpan<byte> der, string label, JsonObject json, string text, TextWriter output)
    {
        var file = parsed.GetValue(target);
        var isPem = parsed.GetValue(form) != "der";
        if (file is null or "-" && PkiVerb.IsJson(parsed))
        {
            json["pem"] = System.Security.Cryptography.PemEncoding.WriteString(label, der) + "\n";
            return new PkiResult(json, "");
        }

        PkiFiles.Write(file, der, isPem ? label : null, parsed.GetValue(force), output);
        json["file"] = file;
        return new PkiResult(json, file is null or "-" ? "" : $"{file}: {Failures.OneLine(text)}\n");
    }

    private static GeneralName ParseName(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return (colon < 0 ? "" : text[..colon].ToLowerInvariant()) switch
        {
            "dns" => new GeneralName.DNSName(text[(colon + 1)..]),
            "ip" => Address(text[(colon + 1)..]),
            "mail" or "email" => new GeneralName.Rfc822Name(text[(colon + 1)..]),
            "uri" => new GeneralName.UniformResourceIdentifier(text[(colon + 1)..]),
            _ when text.Contains("://", StringComparison.Ordinal) => new GeneralName.UniformResourceIdentifier(text),
            _ when text.Contains('@', StringComparison.Ordinal) => new GeneralName.Rfc822Name(text),
            _ when IPAddress.TryParse(text, out _) && (colon >= 0 || text.Count(c => c == '.') == 3) => Address(text),
            _ => new GeneralName.DNSName(text),
        };
    }

    private static GeneralName.IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address) ? new GeneralName.IPAddress(address.GetAddressBytes()) : throw CommandException.Usage($"--san: '{text}' is no address.");
}
