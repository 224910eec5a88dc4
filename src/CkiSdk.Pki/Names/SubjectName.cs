using CkiSdk.Asn1.Modules.CertificateExtensions;

namespace CkiSdk.Pki.Names;

/// <summary>Is one name of a subject, read once for all subtrees; what is malformed has a form but no content.</summary>
internal sealed class SubjectName
{
    private readonly string _text;

    private SubjectName(NameForm form, string text) => (Form, _text) = (form, text);

    public NameForm Form { get; }

    /// <summary>Gets the host of a host name or URI in lower case, with an asterisk where it is a wildcard.</summary>
    public string? Host { get; private init; }

    public MailAddress? Mailbox { get; private init; }

    public DistinguishedName? Directory { get; private init; }

    public ReadOnlyMemory<byte> Address { get; private init; }

    public static SubjectName Of(DistinguishedName name) => new(NameForm.Directory, name.ToString()) { Directory = name };

    public static SubjectName OfMailbox(string text) =>
        new(NameForm.Mailbox, text) { Mailbox = MailAddress.TryParse(text, out var mailbox) ? mailbox : null };

    public static SubjectName Of(GeneralName name) => name switch
    {
        GeneralName.DNSName dns => new(NameForm.Host, dns.Value.ToString()) { Host = HostNames.Normalize(dns.Value.ToString()) },
        GeneralName.Rfc822Name mail => OfMailbox(mail.Value.ToString()),
        GeneralName.DirectoryName directory => Of(DistinguishedName.From(directory.Value)),
        GeneralName.UniformResourceIdentifier uri => new(NameForm.Uri, uri.Value.ToString()) { Host = UriHosts.Find(uri.Value.ToString()) },
        GeneralName.IPAddress address => new(NameForm.Address, Convert.ToHexStringLower(address.Value.Span)) { Address = address.Value.Memory },
        GeneralName.RegisteredID id => new(NameForm.Registered, id.Value.ToString()),
        GeneralName.X400Address => new(NameForm.X400, "of form x400Address"),
        GeneralName.EdiPartyName => new(NameForm.EdiParty, "of form ediPartyName"),
        _ => new(NameForm.Other, "of form otherName"),
    };

    public override string ToString() => _text;
}
