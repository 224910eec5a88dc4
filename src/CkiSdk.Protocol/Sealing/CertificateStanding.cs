using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Issuing;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Checks send and receive certificates against the CMA that issued them (profile sections 2, 4 and 5).</summary>
/// <param name="issuer">The CMA.</param>
/// <param name="provider">What verifies.</param>
/// <param name="now">The time of the check.</param>
internal sealed class CertificateStanding(TrustedIssuer issuer, CryptoProvider provider, DateTimeOffset now)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Requires a CMA certificate that is not revoked, and a revocation list that is current.</summary>
    public SealingFault? FindIssuerFault()
    {
        if (issuer.IsRevoked)
            return new SealingFault(OpeningRefusal.Revoked, $"issuer: the CMA certificate of {issuer.Certificate.Subject} is revoked (CKI Part 2 ¶104, profile section 4).");
        if (issuer.RevocationList is not { } list)
            return new SealingFault(OpeningRefusal.NoCurrentList, $"crl: there is none of {issuer.Certificate.Subject} (profile section 4).");
        if (list.NextIssueAt is not { } next || now > next || list.IssuedAt > now + Tolerance)
            return new SealingFault(OpeningRefusal.NoCurrentList, $"crl.nextUpdate: the list of {issuer.Certificate.Subject} is not current (profile section 4).");
        if (!Crls.IsForUsers(list) || list.HasUnknownCriticalExtension || list.HasUnknownCriticalEntryExtension || list.Number is null || !list.IsSignedBy(issuer.Certificate, provider))
            return new SealingFault(OpeningRefusal.NoCurrentList, $"crl: it is no complete list that {issuer.Certificate.Subject} signed (profile section 4).");
        return null;
    }

    /// <summary>Checks one certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="usage">What it must be for.</param>
    /// <param name="mustBeValid">Whether its validity must not be over: messages are opened later, too.</param>
    public SealingFault? FindFault(Certificate certificate, DatedKeyUsage usage, bool mustBeValid)
    {
        var name = usage == DatedKeyUsage.Send ? "sendCertificate" : "receiveCertificate";
        if (!certificate.Issuer.Equals(issuer.Certificate.Subject)
            || certificate.AuthorityKeyIdentifier is not { } authority || authority != issuer.Certificate.SubjectKeyIdentifier)
            return Wrong($"{name}.issuer: it is not {issuer.Certificate.Subject} with the key of the CMA certificate (profile section 5).");
        if (!certificate.IsSignedBy(issuer.Certificate, provider))
            return Wrong($"{name}: it is not signed by {issuer.Certificate.Subject} (profile section 2).");
        var expected = KeyUsage.KeyAgreement | (usage == DatedKeyUsage.Send ? KeyUsage.EncipherOnly : KeyUsage.DecipherOnly);
        if (certificate.KeyUsage != expected || certificate.SubjectKeyIdentifier is null)
            return Wrong($"{name}.keyUsage: it is not that of a {(usage == DatedKeyUsage.Send ? "send" : "receive")} certificate (profile section 2).");
        if (certificate.Value.ToBeSigned.Extensions?.Value.Any(extension => extension.Critical && extension.ExtnId != CertificateExtensionsValues.IdCeKeyUsage) == true)
            return Wrong($"{name}.extensions: a critical one besides keyUsage (RFC 5280 §4.2, profile section 2).");
        if (CertificateLint.Check(certificate) is [var finding, ..])
            return Wrong($"{name}: {finding}.");
        if (usage == DatedKeyUsage.Send && !DomainRule.Of(issuer.Certificate).Admits(certificate.Subject))
            return Wrong($"{name}.subject: {certificate.Subject} is not in the domain of {issuer.Certificate.Subject} (profile section 5).");
        if (now + Tolerance < certificate.NotBefore || (mustBeValid && !certificate.IsValidAt(now)))
            return Wrong($"{name}.validity: it is not valid now.");
        return IsRevoked(certificate) ? new SealingFault(OpeningRefusal.Revoked, $"{name}: it is revoked (profile section 4).") : null;
    }

    private static SealingFault Wrong(string reason) => new(OpeningRefusal.WrongCertificate, reason);

    private bool IsRevoked(Certificate certificate) =>
        issuer.RevocationList?.Find(certificate.SerialNumber) is { } entry && entry.Reason != CRLReason.RemoveFromCRL;
}
