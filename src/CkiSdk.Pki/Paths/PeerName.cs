using System.Diagnostics.CodeAnalysis;
using System.Net;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Paths;

/// <summary>Is the host, address or mailbox that a certificate must name in subjectAltName (RFC 9525, RFC 8550 §3). The common name never counts.</summary>
public sealed class PeerName
{
    private readonly string? _host;
    private readonly byte[]? _address;
    private readonly MailAddress? _mailbox;

    private PeerName(string text, string? host = null, byte[]? address = null, MailAddress? mailbox = null) =>
        (Text, _host, _address, _mailbox) = (text, host, address, mailbox);

    /// <summary>Gets the name as it was given.</summary>
    public string Text { get; }

    /// <summary>Gets whether it is a host or an address, which TLS servers have.</summary>
    public bool IsServer => _mailbox is null;

    /// <summary>Reads a host in ASCII, an address of IPv4 or IPv6, or a mailbox.</summary>
    /// <param name="text">The text, such as <c>www.example</c>, <c>192.0.2.1</c>, <c>2001:db8::1</c> or <c>user@example</c>; a host may end with a dot.</param>
    /// <returns>The name.</returns>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static PeerName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"\"{text}\" is no host in ASCII, no address and no mailbox.");

    /// <summary>Reads a name where a refusal is no exception.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name.</param>
    /// <returns><see langword="false"/> if <see cref="Parse"/> would refuse.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out PeerName? name)
    {
        ArgumentNullException.ThrowIfNull(text);
        name = null;
        if (text.Contains('@', StringComparison.Ordinal))
            name = MailAddress.TryParse(text, out var mailbox) ? new PeerName(text, mailbox: mailbox) : null;
        else if (text.Contains(':', StringComparison.Ordinal) || HostNames.LooksLikeAddress(text))
            name = FindAddress(text) is { } address ? new PeerName(text, address: address.GetAddressBytes()) : null;
        else if (HostNames.Normalize(text.EndsWith('.') ? text[..^1] : text) is { } host && !host.StartsWith('*'))
            name = new PeerName(text, host: host);
        return name is not null;
    }

    /// <summary>Tells whether a certificate names it.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <returns>Whether it does; a wildcard stands for exactly one whole label at the left, with at least two labels behind it.</returns>
    /// <exception cref="Asn1.DerException">subjectAltName is malformed.</exception>
    public bool IsNamedBy(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        foreach (var name in certificate.SubjectAltName?.Value ?? default)
        {
            if (Matches(name))
                return true;
        }

        return false;
    }

    /// <summary>Gives the text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;

    // Four decimal numbers as they are written back: other forms (octal, hexadecimal, fewer numbers) mean different hosts to different programs (RFC 6943 3.1.1).
    private static IPAddress? FindAddress(string text) =>
        IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) ? !text.Contains('%', StringComparison.Ordinal) : address.ToString() == text)
            ? address
            : null;

    private bool Matches(GeneralName name) => name switch
    {
        GeneralName.DNSName dns => _host is not null && HostNames.Matches(HostNames.Normalize(dns.Value.ToString()), _host),
        GeneralName.IPAddress address => _address is not null && address.Value.Span.SequenceEqual(_address),
        GeneralName.Rfc822Name mail => _mailbox is { } mailbox && MailAddress.TryParse(mail.Value.ToString(), out var named) && named.Equals(mailbox),
        _ => false,
    };
}
