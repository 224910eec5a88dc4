using System.Net;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.SelectedAttributeTypes;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Certificates;

/// <summary>Compares the common name of a server with subjectAltName (BR §7.1.4.3): a host or address there is a literal copy of one of its names.</summary>
/// <remarks>
/// Other common names are the business of the subject's organisation. What is nothing but a host is refused where it is another than those certified;
/// the parent of a certified host is let pass, because nobody is deceived by it.
/// </remarks>
internal static class SubjectHostRules
{
    private const int MostCompared = 16; // each with all names: more would be work for a stranger

    /// <summary>Adds what is wrong.</summary>
    public static void Check(CertificateContent content, DistinguishedName subject, List<LintFinding> findings)
    {
        var hosts = new List<string>();
        var addresses = new List<IPAddress>();
        foreach (var name in content.SubjectAltName?.Value ?? default)
        {
            if (name is GeneralName.DNSName dns)
                hosts.Add(dns.Value.ToString());
            else if (name is GeneralName.IPAddress { Value.Length: 4 or 16 } address)
                addresses.Add(new IPAddress(address.Value.Span));
        }

        var count = 0;
        foreach (var text in subject.FindTexts(SelectedAttributeTypesValues.IdAtCommonName))
        {
            if (++count > MostCompared)
            {
                findings.Add(new("BR §7.1.4.3", $"the subject has more than {MostCompared} common names"));
                return;
            }

            if (!hosts.Contains(text) && !addresses.Exists(address => address.ToString() == text) && IsDeceptive(text, subject.Count == 1, hosts, addresses))
                findings.Add(new("BR §7.1.4.3", $"the common name \"{text}\" is not literally one of subjectAltName"));
        }
    }

    private static bool IsDeceptive(string text, bool isAlone, List<string> hosts, List<IPAddress> addresses)
    {
        if (hosts.Exists(host => host.Equals(text, StringComparison.OrdinalIgnoreCase)) || (IPAddress.TryParse(text, out var parsed) && addresses.Contains(parsed)))
            return true;
        if (!isAlone)
            return false;
        if (addresses.Count > 0 && IsNumeric(text))
            return true;
        return hosts.Count > 0 && IsHost(text) && !hosts.Exists(host => host.EndsWith("." + text, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsHost(string text) => text.Contains('.', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal);

    // Decimal, octal or hexadecimal digits with dots or colons.
    private static bool IsNumeric(string text) => text.Any(char.IsAsciiDigit) && text.All(c => char.IsAsciiHexDigit(c) || c is '.' or ':' or 'x' or 'X');
}
