using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Certificates;

/// <summary>Makes the templates of the certificates of the profile, section 2, and of the authority behind authentication certificates.</summary>
public static class CertificateProfiles
{
    /// <summary>Makes the template of a CMA certificate.</summary>
    /// <param name="subject">The CMA.</param>
    /// <param name="subjectPublicKeyInfo">Its signing key.</param>
    /// <param name="notBefore">The first moment of validity.</param>
    /// <param name="notAfter">The last moment of validity.</param>
    /// <param name="domain">Its domain, which admits its own name.</param>
    /// <returns>The template.</returns>
    /// <exception cref="ArgumentException">The domain does not admit the CMA itself.</exception>
    public static CertificateTemplate Cma(
        DistinguishedName subject, ReadOnlyMemory<byte> subjectPublicKeyInfo, DateTimeOffset notBefore, DateTimeOffset notAfter, DomainRule domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (!domain.Admits(subject))
            throw new ArgumentException("A CMA lies inside its own domain.", nameof(domain));
        return Make(
            subject,
            subjectPublicKeyInfo,
            notBefore,
            notAfter,
            CertificateExtension.Authority(),
            CertificateExtension.KeyUsage(KeyUsage.KeyCertSign | KeyUsage.CRLSign),
            CertificateExtension.Domain(domain),
            CertificateExtension.SubjectKeyIdentifier(KeyIdentifierOf(subjectPublicKeyInfo)));
    }

    /// <summary>Makes the template of an authority that certifies authentication keys; it has no domain and signs no CKI certificates.</summary>
    /// <param name="subject">The authority.</param>
    /// <param name="subjectPublicKeyInfo">Its signing key.</param>
    /// <param name="notBefore">The first moment of validity.</param>
    /// <param name="notAfter">The last moment of validity.</param>
    /// <returns>The template.</returns>
    public static CertificateTemplate AuthenticationAuthority(
        DistinguishedName subject, ReadOnlyMemory<byte> subjectPublicKeyInfo, DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        Make(
            subject,
            subjectPublicKeyInfo,
            notBefore,
            notAfter,
            CertificateExtension.Authority(),
            CertificateExtension.KeyUsage(KeyUsage.KeyCertSign | KeyUsage.CRLSign),
            CertificateExtension.SubjectKeyIdentifier(KeyIdentifierOf(subjectPublicKeyInfo)));

    /// <summary>Makes the template of a domain certificate.</summary>
    /// <param name="subject">The CMA.</param>
    /// <param name="subjectPublicKeyInfo">Its Diffie-Hellman key.</param>
    /// <param name="notBefore">The first moment of validity.</param>
    /// <param name="notAfter">The last moment of validity.</param>
    /// <returns>The template.</returns>
    public static CertificateTemplate Domain(
        DistinguishedName subject, ReadOnlyMemory<byte> subjectPublicKeyInfo, DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        Make(
            subject,
            subjectPublicKeyInfo,
            notBefore,
            notAfter,
            CertificateExtension.KeyUsage(KeyUsage.KeyAgreement),
            CertificateExtension.SubjectKeyIdentifier(KeyIdentifierOf(subjectPublicKeyInfo)));

    /// <summary>Makes the template of a send certificate.</summary>
    /// <param name="subject">The user.</param>
    /// <param name="subjectPublicKeyInfo">His Diffie-Hellman key.</param>
    /// <param name="notBefore">The first moment of validity.</param>
    /// <param name="notAfter">The last moment of validity.</param>
    /// <param name="seedKeyIdentifier">The DER of SeedKeyIdentifier.</param>
    /// <returns>The template.</returns>
    public static CertificateTemplate Send(
        DistinguishedName subject, ReadOnlyMemory<byte> subjectPublicKeyInfo, DateTimeOffset notBefore, DateTimeOffset notAfter, OctetString seedKeyIdentifier) =>
        Make(
            subject,
            subjectPublicKeyInfo,
            notBefore,
            notAfter,
            CertificateExtension.KeyUsage(KeyUsage.KeyAgreement | KeyUsage.EncipherOnly),
            CertificateExtension.SubjectKeyIdentifier(seedKeyIdentifier));

    /// <summary>Makes the template of a receive certificate.</summary>
    /// <param name="subject">The user.</param>
    /// <param name="subjectPublicKeyInfo">His Diffie-Hellman key.</param>
    /// <param name="notBefore">The first moment of validity.</param>
    /// <param name="notAfter">The last moment of validity.</param>
    /// <param name="seedKeyIdentifier">The DER of SeedKeyIdentifier.</param>
    /// <returns>The template.</returns>
    public static CertificateTemplate Receive(
        DistinguishedName subject, ReadOnlyMemory<byte> subjectPublicKeyInfo, DateTimeOffset notBefore, DateTimeOffset notAfter, OctetString seedKeyIdentifier) =>
        Make(
            subject,
            subjectPublicKeyInfo,
            notBefore,
            notAfter,
            CertificateExtension.KeyUsage(KeyUsage.KeyAgreement | KeyUsage.DecipherOnly),
            CertificateExtension.SubjectKeyIdentifier(seedKeyIdentifier));

    /// <summary>Makes the template of an authentication certificate.</summary>
    /// <param name="subject">The entity.</param>
    /// <param name="subjectPublicKeyInfo">Its RSA or elliptic-curve key, which is no CMA certificate's key.</param>
    /// <param name="notBefore">The first moment of validity.</param>
    /// <param name="notAfter">The last moment of validity.</param>
    /// <param name="purposes">What the key is for.</param>
    /// <param name="alternativeNames">Other names of the entity, such as the DNS name of a TLS server.</param>
    /// <returns>The template.</returns>
    public static CertificateTemplate Authentication(
        DistinguishedName subject,
        ReadOnlyMemory<byte> subjectPublicKeyInfo,
        DateTimeOffset notBefore,
        DateTimeOffset notAfter,
        CertificatePurposes purposes,
        params GeneralName[] alternativeNames)
    {
        var extensions = new List<Extension> { CertificateExtension.KeyUsage(UsageOf(purposes, subjectPublicKeyInfo)) };
        if (ExtendedUsageOf(purposes) is { Length: > 0 } extended)
            extensions.Add(CertificateExtension.ExtendedKeyUsage(extended));
        if (alternativeNames.Length > 0)
            extensions.Add(CertificateExtension.SubjectAltName(alternativeNames));
        extensions.Add(CertificateExtension.SubjectKeyIdentifier(KeyIdentifierOf(subjectPublicKeyInfo)));
        return Make(subject, subjectPublicKeyInfo, notBefore, notAfter, [.. extensions]);
    }

    /// <summary>Computes the usual identifier of a key: the first 160 bits of the SHA-256 of its octets (RFC 7093 §2, method 1).</summary>
    /// <param name="subjectPublicKeyInfo">The DER of the public key with its algorithm.</param>
    /// <returns>20 octets.</returns>
    /// <exception cref="DerException">The octets are no SubjectPublicKeyInfo.</exception>
    public static OctetString KeyIdentifierOf(ReadOnlyMemory<byte> subjectPublicKeyInfo) =>
        SHA256.HashData(SubjectPublicKeyInfo.Decode(subjectPublicKeyInfo).SubjectPublicKey.Octets.Span)[..20];

    private static CertificateTemplate Make(
        DistinguishedName subject, ReadOnlyMemory<byte> subjectPublicKeyInfo, DateTimeOffset notBefore, DateTimeOffset notAfter, params Extension[] extensions) =>
        new() { Subject = subject, SubjectPublicKeyInfo = subjectPublicKeyInfo, NotBefore = notBefore, NotAfter = notAfter, Extensions = extensions };

    private static KeyUsage UsageOf(CertificatePurposes purposes, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var isRsa = SubjectPublicKeyInfo.Decode(subjectPublicKeyInfo).Algorithm.Algorithm == PKCS1Values.RsaEncryption;
        var receipt = isRsa ? KeyUsage.KeyEncipherment : KeyUsage.KeyAgreement;
        if (purposes == CertificatePurposes.KeyReceipt)
            return receipt;
        return purposes.HasFlag(CertificatePurposes.KeyReceipt) ? KeyUsage.DigitalSignature | receipt : KeyUsage.DigitalSignature;
    }

    // A bind or the receipt of keys has no purpose of its own in RFC 5280: beside another purpose, the certificate says none at all.
    private static ObjectIdentifier[] ExtendedUsageOf(CertificatePurposes purposes)
    {
        if ((purposes & (CertificatePurposes.Bind | CertificatePurposes.KeyReceipt)) != CertificatePurposes.None)
            return [];
        var usages = new List<ObjectIdentifier>();
        if (purposes.HasFlag(CertificatePurposes.TlsServer))
            usages.Add(PKIX1Implicit88Values.IdKpServerAuth);
        if (purposes.HasFlag(CertificatePurposes.TlsClient))
            usages.Add(PKIX1Implicit88Values.IdKpClientAuth);
        if (purposes.HasFlag(CertificatePurposes.Mail))
            usages.Add(PKIX1Implicit88Values.IdKpEmailProtection);
        return [.. usages];
    }
}
