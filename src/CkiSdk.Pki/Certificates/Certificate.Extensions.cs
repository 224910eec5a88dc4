using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;

namespace CkiSdk.Pki.Certificates;

/// <content>The other extensions of RFC 5280 §4.2, decoded when they are asked for; a malformed one throws <see cref="DerException"/> then.</content>
public sealed partial class Certificate
{
    /// <summary>Gets the other names of the subject, or <see langword="null"/> if there are none (RFC 5280 §4.2.1.6).</summary>
    /// <exception cref="DerException">The extension is malformed.</exception>
    public GeneralNames? SubjectAltName => _content.SubjectAltName;

    /// <summary>Gets the other names of the issuer, or <see langword="null"/> if there are none (RFC 5280 §4.2.1.7).</summary>
    /// <exception cref="DerException">The extension is malformed.</exception>
    public GeneralNames? IssuerAltName => _content.IssuerAltName;

    /// <summary>Gets the certificate policies, or <see langword="null"/> if there are none (RFC 5280 §4.2.1.4).</summary>
    /// <exception cref="DerException">The extension is malformed.</exception>
    public CertificatePoliciesSyntax? Policies => _content.Policies;

    /// <summary>Gets which policies of the issuer are which of the subject, or <see langword="null"/> if nothing is said (RFC 5280 §4.2.1.5).</summary>
    /// <exception cref="DerException">The extension is malformed.</exception>
    public PolicyMappingsSyntax? PolicyMappings => _content.PolicyMappings;

    /// <summary>Gets the demands on policies further down the path, or <see langword="null"/> if there are none (RFC 5280 §4.2.1.11).</summary>
    /// <exception cref="DerException">The extension is malformed.</exception>
    public PolicyConstraintsSyntax? PolicyConstraints => _content.PolicyConstraints;

    /// <summary>Gets after how many certificates anyPolicy no longer counts, or <see langword="null"/> if nothing is said (RFC 5280 §4.2.1.14).</summary>
    /// <exception cref="DerException">The extension is malformed.</exception>
    public Integer? InhibitAnyPolicy => _content.InhibitAnyPolicy?.Value;

    /// <summary>Gets where revocation lists are, or <see langword="null"/> if nothing is said (RFC 5280 §4.2.1.13).</summary>
    /// <exception cref="DerException">The extension is malformed.</exception>
    public CRLDistPointsSyntax? CrlDistributionPoints => _content.CrlDistributionPoints;

    /// <summary>Gets where delta revocation lists are, or <see langword="null"/> if nothing is said (RFC 5280 §4.2.1.15).</summary>
    /// <exception cref="DerException">The extension is malformed.</exception>
    public CRLDistPointsSyntax? FreshestCrl => _content.FreshestCrl;

    /// <summary>Gets where the issuer gives information, or <see langword="null"/> if nothing is said (RFC 5280 §4.2.2.1).</summary>
    /// <exception cref="DerException">The extension is malformed.</exception>
    public AuthorityInfoAccessSyntax? AuthorityInformation => _content.AuthorityInformation;

    /// <summary>Gets where the subject gives information, or <see langword="null"/> if nothing is said (RFC 5280 §4.2.2.2).</summary>
    /// <exception cref="DerException">The extension is malformed.</exception>
    public SubjectInfoAccessSyntax? SubjectInformation => _content.SubjectInformation;

    /// <summary>Gets the whole authority key identifier, or <see langword="null"/> if there is none (RFC 5280 §4.2.1.1).</summary>
    public AuthorityKeyIdentifier? AuthorityKey => _content.AuthorityKey;

    /// <summary>Gets attributes of the subject, or <see langword="null"/> if there are none (RFC 5280 §4.2.1.8).</summary>
    /// <exception cref="DerException">The extension is malformed.</exception>
    public AttributesSyntax? DirectoryAttributes => _content.DirectoryAttributes;

    /// <summary>Gets how long the private key is used, or <see langword="null"/> if nothing is said (X.509 §9.2.2.5).</summary>
    /// <exception cref="DerException">The extension is malformed.</exception>
    public PrivateKeyUsagePeriod? PrivateKeyUsagePeriod => _content.PrivateKeyUsagePeriod;

    /// <summary>Gets all extensions, those that nobody here knows included, in their order.</summary>
    public IReadOnlyList<Extension> Extensions => Value.ToBeSigned.Extensions?.Value ?? default;

    /// <summary>Gets what the extensions say, for the rules.</summary>
    internal CertificateContent Content => _content;
}
