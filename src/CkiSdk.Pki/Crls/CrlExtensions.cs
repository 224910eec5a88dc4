using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;

namespace CkiSdk.Pki.Crls;

/// <summary>Decodes the extensions of a list (RFC 5280 §5.2).</summary>
internal sealed class CrlExtensions
{
    private static readonly HashSet<ObjectIdentifier> Known =
    [
        CertificateExtensionsValues.IdCeAuthorityKeyIdentifier,
        CertificateExtensionsValues.IdCeCRLNumber,
        CertificateExtensionsValues.IdCeDeltaCRLIndicator,
        CertificateExtensionsValues.IdCeIssuingDistributionPoint,
        CertificateExtensionsValues.IdCeFreshestCRL,
        CertificateExtensionsValues.IdCeIssuerAltName,
    ];

    private readonly Dictionary<ObjectIdentifier, Extension> _extensions = [];

    /// <summary>Reads the extensions.</summary>
    /// <exception cref="DerException">One is not the DER of its type, or stands twice.</exception>
    public CrlExtensions(IReadOnlyList<Extension> extensions)
    {
        foreach (var extension in extensions)
        {
            if (!_extensions.TryAdd(extension.ExtnId, extension))
                throw new DerException(DerErrorKind.DuplicateComponent, 0, "CertificateList.toBeSigned.crlExtensions", $"extension {extension.ExtnId} stands twice");
            HasUnknownCritical |= extension.Critical && !Known.Contains(extension.ExtnId);
        }

        Number = Content(CertificateExtensionsValues.IdCeCRLNumber) is { } number ? CRLNumber.Decode(number).Value : default(Integer?);
        BaseNumber = Content(CertificateExtensionsValues.IdCeDeltaCRLIndicator) is { } from ? CRLNumber.Decode(from).Value : default(Integer?);
        DistributionPoint = Content(CertificateExtensionsValues.IdCeIssuingDistributionPoint) is { } point ? IssuingDistPointSyntax.Decode(point) : null;
        AuthorityKeyIdentifier = Content(CertificateExtensionsValues.IdCeAuthorityKeyIdentifier) is { } key
            ? Asn1.Modules.CertificateExtensions.AuthorityKeyIdentifier.Decode(key).KeyIdentifier?.Value
            : default(OctetString?);
        FreshestCrl = Content(CertificateExtensionsValues.IdCeFreshestCRL) is { } freshest ? CRLDistPointsSyntax.Decode(freshest) : default(CRLDistPointsSyntax?);
    }

    public Integer? Number { get; }

    public Integer? BaseNumber { get; }

    public IssuingDistPointSyntax? DistributionPoint { get; }

    public OctetString? AuthorityKeyIdentifier { get; }

    public CRLDistPointsSyntax? FreshestCrl { get; }

    public bool HasUnknownCritical { get; }

    public Extension? Find(ObjectIdentifier extnId) => _extensions.GetValueOrDefault(extnId);

    private ReadOnlyMemory<byte>? Content(ObjectIdentifier extnId) => Find(extnId)?.ExtnValue.Memory;
}
