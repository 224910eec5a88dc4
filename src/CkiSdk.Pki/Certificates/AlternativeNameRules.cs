using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Certificates;

/// <summary>Checks the names in subjectAltName (RFC 5280 §4.2.1.6).</summary>
internal static class AlternativeNameRules
{
    private const string Clause = "RFC 5280 §4.2.1.6";

    /// <summary>Adds what is wrong.</summary>
    public static void Check(CertificateContent content, List<LintFinding> findings)
    {
        if (content.SubjectAltName is not { } names)
            return;
        if (names.Count == 0)
            findings.Add(new(Clause, "subjectAltName is empty"));
        foreach (var name in names)
        {
            if (FindFault(name) is { } fault)
                findings.Add(new(Clause, $"subjectAltName has {fault}"));
        }
    }

    private static string? FindFault(GeneralName name) => name switch
    {
        GeneralName.DNSName dns when !HostNames.IsPreferred(dns.Value.ToString()) => $"a dNSName that is no host: \"{dns.Value}\"",
        GeneralName.Rfc822Name mail when !MailAddress.TryParse(mail.Value.ToString(), out _) => $"an rfc822Name that is no mailbox: \"{mail.Value}\"",
        GeneralName.UniformResourceIdentifier uri when !IsAbsolute(uri.Value.ToString()) => $"a URI that is not absolute: \"{uri.Value}\"",
        GeneralName.IPAddress address when address.Value.Length is not (4 or 16) => $"an iPAddress of {address.Value.Length} octets",
        GeneralName.DirectoryName directory when DistinguishedName.From(directory.Value).Count == 0 => "an empty directoryName",
        _ => null,
    };

    private static bool IsAbsolute(string uri)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < uri.Length - 1 && char.IsAsciiLetter(uri[0]) && !uri.AsSpan().ContainsAnyExceptInRange('!', '~');
    }
}
