using System.CommandLine;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Cli.Pki;

/// <summary>Makes the extensions that a request asks for.</summary>
internal static class RequestedExtensions
{
    /// <summary>Makes <c>--purpose P</c>.</summary>
    public static Option<string[]> PurposeOption() => new("--purpose")
    {
        Description = "A purpose that is asked for: tls-server, tls-client, mail, code-signing, time-stamping, ocsp-signing, or an object identifier. May stand several times.",
        HelpName = "P",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Makes <c>--extension OID=HEX</c>.</summary>
    public static Option<string[]> Option() => new("--extension")
    {
        Description = "Any other extension that is asked for: its object identifier, and the DER of its value in hexadecimal digits. May stand several times.",
        HelpName = "[critical:]OID=HEX",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Makes the extensions.</summary>
    /// <param name="names">The names in subjectAltName.</param>
    /// <param name="purposes">The words of <c>--purpose</c>.</param>
    /// <param name="others">The words of <c>--extension</c>.</param>
    /// <exception cref="CommandException">A word makes no sense, or an extension stands twice.</exception>
    public static IReadOnlyList<Extension> Make(GeneralName[] names, string[] purposes, string[] others)
    {
        List<Extension> extensions =
        [
            .. names.Length == 0 ? Array.Empty<Extension>() : [CertificateExtension.SubjectAltName(names)],
            .. purposes.Length == 0 ? Array.Empty<Extension>() : [CertificateExtension.ExtendedKeyUsage([.. purposes.Select(Purpose)])],
            .. others.Select(Other),
        ];
        var twice = extensions.GroupBy(extension => extension.ExtnId).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? extensions : throw CommandException.Usage($"--extension: {twice.Key} stands twice.");
    }

    private static ObjectIdentifier Purpose(string text) =>
        KeyPurpose.TryParse(text, out var purpose) ? purpose.Id : throw CommandException.Usage($"--purpose: '{text}' is no purpose.");

    private static Extension Other(string text)
    {
        const string Critical = "critical:";
        var isCritical = text.StartsWith(Critical, StringComparison.OrdinalIgnoreCase);
        var parts = (isCritical ? text[Critical.Length..] : text).Split('=');
        var value = new byte[parts[^1].Length / 2];
        return parts.Length == 2 && ObjectIdentifier.TryParse(parts[0], out var type) && parts[1].Length > 0
            && Convert.FromHexString(parts[1], value, out _, out var written) == System.Buffers.OperationStatus.Done && written == value.Length
            ? new Extension { ExtnId = type, Critical = isCritical, ExtnValue = value }
            : throw CommandException.Usage($"--extension: '{text}' is no [critical:]OID=HEX such as 2.5.29.15=030205a0.");
    }
}
