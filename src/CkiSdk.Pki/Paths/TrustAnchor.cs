using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Paths;

/// <summary>Is where trust begins: a certificate, or a name and a key (RFC 5280 §6.1.1 (d)).</summary>
/// <remarks>
/// What the certificate of an anchor says about validity, path length, names, policies and purposes binds the paths below it (RFC 5937).
/// Its signature is not verified.
/// </remarks>
public sealed class TrustAnchor
{
    /// <summary>Trusts a certificate, self-signed or not.</summary>
    /// <param name="certificate">The certificate.</param>
    public TrustAnchor(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Certificate = certificate;
        Name = certificate.Subject;
        SubjectPublicKeyInfo = certificate.SubjectPublicKeyInfo;
    }

    /// <summary>Trusts a name and a key.</summary>
    /// <param name="name">The name.</param>
    /// <param name="subjectPublicKeyInfo">The DER of the public key with its algorithm.</param>
    public TrustAnchor(DistinguishedName name, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        SubjectPublicKeyInfo = subjectPublicKeyInfo;
    }

    /// <summary>Trusts several certificates.</summary>
    /// <param name="certificates">The certificates.</param>
    /// <returns>An anchor for each of them.</returns>
    public static IEnumerable<TrustAnchor> Of(IEnumerable<Certificate> certificates) => certificates.Select(certificate => new TrustAnchor(certificate));

    /// <summary>Gets the certificate, or <see langword="null"/> for a name and a key.</summary>
    public Certificate? Certificate { get; }

    /// <summary>Gets the name that certificates below it have as their issuer.</summary>
    public DistinguishedName Name { get; }

    /// <summary>Gets the DER of the public key with its algorithm.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Gets constraints that the user puts on the names below, besides those of the certificate.</summary>
    public NameConstraintsSyntax? NameConstraints { get; init; }
}
