using CkiSdk.Asn1.Modules.CertificateExtensions;

namespace CkiSdk.Pki.Names;

/// <summary>Is the base of one subtree, read once for all names (RFC 5280 §4.2.1.10).</summary>
internal abstract class Subtree
{
    /// <summary>Gets whether all that the name stands for lies in the subtree.</summary>
    public abstract bool Contains(SubjectName name);

    /// <summary>Gets whether anything that the name stands for lies in the subtree.</summary>
    public virtual bool Touches(SubjectName name) => Contains(name);

    /// <summary>Reads a base; null if it is malformed or of a form that is not understood.</summary>
    public static Subtree? Read(GeneralName name) => name switch
    {
        GeneralName.DNSName dns => HostSubtree.Read(dns.Value.ToString()),
        GeneralName.Rfc822Name mail => MailSubtree.Read(mail.Value.ToString()),
        GeneralName.DirectoryName directory => new DirectorySubtree(DistinguishedName.From(directory.Value)),
        GeneralName.UniformResourceIdentifier uri => UriSubtree.Read(uri.Value.ToString()),
        GeneralName.IPAddress address => AddressSubtree.Read(address.Value.Memory),
        _ => null,
    };

    /// <summary>Tells the form of a base.</summary>
    public static NameForm FormOf(GeneralName name) => SubjectName.Of(name).Form;

    private sealed class DirectorySubtree(DistinguishedName root) : Subtree
    {
        public override bool Contains(SubjectName name) => name.Directory!.IsWithin(root);
    }

    // The host itself and everything below it; nothing is said of wildcards as constraints, so they are malformed.
    private sealed class HostSubtree(string domain) : Subtree
    {
        public static HostSubtree? Read(string text)
        {
            if (text.Length == 0)
                return new HostSubtree("");
            return HostNames.Normalize(text) is { } domain && !domain.StartsWith('*') ? new HostSubtree(domain) : null;
        }

        public override bool Contains(SubjectName name) => name.Host is { } host && HostNames.IsWithin(host.StartsWith('*') ? host[2..] : host, domain);

        // A wildcard stands for each name one label longer: one of them may be the excluded domain itself.
        public override bool Touches(SubjectName name) =>
            name.Host is not { } host
            || Contains(name)
            || (host.StartsWith('*') && domain.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && domain.AsSpan(dot + 1).SequenceEqual(host.AsSpan(2)));
    }

    // A mailbox, all mailboxes of a host, or with a dot in front all mailboxes of the hosts below a domain.
    private sealed class MailSubtree(MailAddress? mailbox, string domain) : Subtree
    {
        public static MailSubtree? Read(string text)
        {
            if (text.Contains('@', StringComparison.Ordinal))
                return MailAddress.TryParse(text, out var mailbox) ? new MailSubtree(mailbox, "") : null;
            var host = text.StartsWith('.') ? text[1..] : text;
            return HostNames.Normalize(host) is { } normal && !normal.StartsWith('*') ? new MailSubtree(null, text.StartsWith('.') ? "." + normal : normal) : null;
        }

        public override bool Contains(SubjectName name)
        {
            if (name.Mailbox is not { } found)
                return false;
            if (mailbox is { } wanted)
                return found == wanted;
            return domain.StartsWith('.') ? found.Host.EndsWith(domain, StringComparison.Ordinal) : found.Host == domain;
        }

        public override bool Touches(SubjectName name) => name.Mailbox is null || Contains(name);
    }

    // A host, or with a dot in front all hosts below a domain; a URI without a host is refused by any constraint.
    private sealed class UriSubtree(string domain) : Subtree
    {
        public static UriSubtree? Read(string text)
        {
            var host = text.StartsWith('.') ? text[1..] : text;
            return HostNames.Normalize(host) is { } normal && !normal.StartsWith('*') && !HostNames.LooksLikeAddress(normal)
                ? new UriSubtree(text.StartsWith('.') ? "." + normal : normal)
                : null;
        }

        public override bool Contains(SubjectName name) =>
            name.Host is { } host && (domain.StartsWith('.') ? host.EndsWith(domain, StringComparison.Ordinal) : host == domain);

        public override bool Touches(SubjectName name) => name.Host is null || Contains(name);
    }

    // An address and a mask of the same length, the mask without holes (RFC 4632).
    private sealed class AddressSubtree(ReadOnlyMemory<byte> value) : Subtree
    {
        private int Length => value.Length / 2;

        public static AddressSubtree? Read(ReadOnlyMemory<byte> value)
        {
            if (value.Length is not (8 or 32))
                return null;
            var isOver = false;
            foreach (var octet in value.Span[(value.Length / 2)..])
            {
                var ones = byte.LeadingZeroCount((byte)~octet);
                if ((isOver && octet != 0) || (byte)(octet << ones) != 0)
                    return null;
                isOver |= ones < 8;
            }

            return new AddressSubtree(value);
        }

        public override bool Contains(SubjectName name)
        {
            if (name.Address.Length != Length)
                return false;
            var bits = value.Span;
            var address = name.Address.Span;
            for (var i = 0; i < Length; i++)
            {
                if (((bits[i] ^ address[i]) & bits[Length + i]) != 0)
                    return false;
            }

            return true;
        }

        public override bool Touches(SubjectName name) => name.Address.Length is not (4 or 16) || Contains(name);
    }
}
