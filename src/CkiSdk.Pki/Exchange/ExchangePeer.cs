using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Pki.Exchange;

/// <summary>Says with whom one wants to talk and what his certificate must lead to.</summary>
public sealed record ExchangePeer
{
    /// <summary>Gets the subject that the peer's certificate must have.</summary>
    public required DistinguishedName Subject { get; init; }

    /// <summary>Gets what validates the peer's certificate.</summary>
    public required PathValidator Validator { get; init; }

    /// <summary>Gets for what it must be valid: the moment, revocation lists and what else is demanded.</summary>
    public required PathOptions Options { get; init; }

    /// <summary>Finds what is wrong with the certificate of a peer.</summary>
    internal string? FindObjection(Certificate certificate, IReadOnlyList<Certificate> authorities)
    {
        if (!certificate.Subject.Equals(Subject))
            return $"the peer is {certificate.Subject}, not {Subject}";
        if (certificate.KeyUsage is { } usage && !(usage.Has(KeyUsage.DigitalSignature) && (usage.Has(KeyUsage.KeyEncipherment) || usage.Has(KeyUsage.KeyAgreement))))
            return "the peer's certificate does not both sign and receive keys";
        var result = Validator.Validate(certificate, authorities, Options);
        return result.IsValid ? null : $"the peer's certificate is not trusted: {result}";
    }
}
