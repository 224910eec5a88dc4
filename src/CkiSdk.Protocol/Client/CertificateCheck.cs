using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Issuing;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Client;

/// <summary>Checks send and receive certificates as every user does (profile section 2).</summary>
internal sealed class CertificateCheck(KnownAuthorities authorities, KnownCrls crls, DhGroupSet groups, CryptoProvider provider)
{
    /// <summary>Tells whether a CRL revokes a CMA certificate, or one to which it leads.</summary>
    public bool IsRevoked(Certificate authority) =>
        RevokedAuthorities.Among(crls.All, authorities.All.Where(known => known.Subject.Equals(authority.Subject)).Append(authority).Distinct(), provider).Any(one => one.Certificate.Equals(authority));

    /// <summary>Checks a certificate.</summary>
    /// <returns>Its group, its public value, and the CMA certificate that signed it.</returns>
    /// <exception cref="CkiProtocolException">It is not signed by a known CMA, or not of the profile.</exception>
    public (DhGroup Group, byte[] PublicValue, Certificate Authority) Check(Certificate certificate, DatedKeyUsage usage)
    {
        var expected = KeyUsage.KeyAgreement | (usage == DatedKeyUsage.Send ? KeyUsage.EncipherOnly : KeyUsage.DecipherOnly);
        if (authorities.Find(certificate) is not { } authority || !certificate.IsSignedBy(authority, provider))
        {
            throw new CkiProtocolException($"certificate: it is not signed by a known CMA (profile section 2): {certificate.Issuer}.");
        }

        if (IsRevoked(authority))
        {
            throw new CkiProtocolException($"certificate.issuer: the CMA certificate of {authority.Subject} is revoked (CKI Part 2 ¶104, profile section 4).");
        }

        if (usage == DatedKeyUsage.Send && !DomainRule.Of(authority).Admits(certificate.Subject))
        {
            throw new CkiProtocolException($"certificate.subject: {certificate.Subject} is not in the domain of the CMA (profile section 2).");
        }

        if (certificate.KeyUsage != expected)
        {
            throw new CkiProtocolException($"certificate: keyUsage is not that of a {(usage == DatedKeyUsage.Send ? "send" : "receive")} certificate (profile section 2).");
        }

        if (certificate.SubjectKeyIdentifier is not { } identifier || !SeedKeyIdentifier.TryDecode(identifier.Memory, out _))
        {
            throw new CkiProtocolException("subjectKeyIdentifier: it holds no seed key identifier (profile section 1).");
        }

        if (CertificateLint.Check(certificate) is [var finding, ..])
        {
            throw new CkiProtocolException($"certificate: {finding}.");
        }

        // Whoever meets a critical extension that he does not know refuses the certificate (RFC 5280 §4.2).
        if (certificate.Value.ToBeSigned.Extensions?.Value.Any(extension => extension.Critical && extension.ExtnId != CertificateExtensionsValues.IdCeKeyUsage) == true)
        {
            throw new CkiProtocolException("certificate: it has a critical extension other than keyUsage (RFC 5280 §4.2, profile section 2).");
        }

        if (certificate.NotBefore < authority.NotBefore || certificate.NotAfter > authority.NotAfter)
        {
            throw new CkiProtocolException("certificate.validity: it is not within that of the CMA certificate (profile section 1.1).");
        }

        return DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, groups, out var group, out var publicValue) && provider.DiffieHellman.IsValidPublicValue(group, publicValue)
            ? (group, publicValue, authority)
            : throw new CkiProtocolException(PKIFailureInfo.BadAlg, "subjectPublicKeyInfo: it is no Diffie–Hellman key of a configured group (profile section 1).");
    }
}
