using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIProfile;

namespace CkiSdk.Pki.Certificates;

/// <summary>Decodes the extensions that this floor looks at; any other is kept unread.</summary>
internal sealed partial class CertificateContent
{
    private readonly ExtensionTable _extensions;

    /// <summary>Reads the extensions.</summary>
    /// <exception cref="DerException">One is not the DER of its type, or stands twice (RFC 5280 §4.2).</exception>
    public CertificateContent(Extensions? extensions)
    {
        All = extensions?.Value ?? default;
        _extensions = new ExtensionTable(All);
        KeyUsage = Content(CertificateExtensionsValues.IdCeKeyUsage) is { } keyUsage ? ReadKeyUsage(keyUsage) : null;
        ExtendedKeyUsage = Content(CertificateExtensionsValues.IdCeExtKeyUsage) is { } purposes ? ExtKeyUsageSyntax.Decode(purposes) : null;
        BasicConstraints = Content(CertificateExtensionsValues.IdCeBasicConstraints) is { } basic ? BasicConstraintsSyntax.Decode(basic) : null;
        SubjectKeyIdentifier = Content(CertificateExtensionsValues.IdCeSubjectKeyIdentifier) is { } subject ? KeyIdentifier.Decode(subject).Value : default(OctetString?);
        AuthorityKey = Content(CertificateExtensionsValues.IdCeAuthorityKeyIdentifier) is { } authority
            ? Asn1.Modules.CertificateExtensions.AuthorityKeyIdentifier.Decode(authority)
            : null;
        NameConstraints = Content(CertificateExtensionsValues.IdCeNameConstraints) is { } names ? NameConstraintsSyntax.Decode(names) : null;
        Domain = Content(CKIProfileValues.IdCkiPeDomain) is { } domain ? NameConstraintsSyntax.Decode(domain) : null;
    }

    /// <summary>Gets all extensions.</summary>
    public SequenceOf<Extension> All { get; }

    public KeyUsage? KeyUsage { get; }

    public ExtKeyUsageSyntax? ExtendedKeyUsage { get; }

    public BasicConstraintsSyntax? BasicConstraints { get; }

    public OctetString? SubjectKeyIdentifier { get; }

    public AuthorityKeyIdentifier? AuthorityKey { get; }

    public OctetString? AuthorityKeyIdentifier => AuthorityKey?.KeyIdentifier?.Value;

    public NameConstraintsSyntax? NameConstraints { get; }

    public NameConstraintsSyntax? Domain { get; }

    /// <summary>Finds an extension.</summary>
    public Extension? Find(ObjectIdentifier extnId) => _extensions.Find(extnId);

    // Some roots of public trust were signed with zero bits at the end (03 03 07 06 00), against X.690 11.2.2. They are read all the
    // same: the octets as signed stay in the extension, and here the bits count. Nothing else is read leniently.
    private static KeyUsage ReadKeyUsage(ReadOnlyMemory<byte> der) => Asn1.Modules.CertificateExtensions.KeyUsage.Decode(der).Value.TrimTrailingZeros();

    private ReadOnlyMemory<byte>? Content(ObjectIdentifier extnId) => Find(extnId)?.ExtnValue.Memory;
}
