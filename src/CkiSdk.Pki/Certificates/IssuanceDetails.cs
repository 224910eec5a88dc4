using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Certificates;

/// <summary>Says what differs from one certificate of a profile to the next.</summary>
public sealed record IssuanceDetails
{
    /// <summary>Gets whose key is certified.</summary>
    public required DistinguishedName Subject { get; init; }

    /// <summary>Gets the DER of the public key with its algorithm.</summary>
    public required ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; init; }

    /// <summary>Gets the first moment of validity; fractions of a second are cut.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Gets the last moment of validity; fractions of a second are cut.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Gets the names in subjectAltName.</summary>
    public IReadOnlyList<GeneralName> AlternativeNames { get; init; } = [];

    /// <summary>Gets how many authorities may follow below an authority; <see langword="null"/> for any number.</summary>
    public int? PathLength { get; init; }

    /// <summary>Gets the names that an authority may certify; <see langword="null"/> for all.</summary>
    public NameConstraintsSyntax? NameConstraints { get; init; }

    /// <summary>Gets the policies; empty for none.</summary>
    public IReadOnlyList<ObjectIdentifier> Policies { get; init; } = [];

    /// <summary>Gets the URIs of the revocation list; empty for none.</summary>
    public IReadOnlyList<string> RevocationListLocations { get; init; } = [];

    /// <summary>Gets who issues the revocation list, which is indirect, where it is not the issuer of the certificate; <see langword="null"/> for the issuer.</summary>
    public DistinguishedName? RevocationListIssuer { get; init; }

    /// <summary>Gets the URIs of the issuer's certificate; empty for none.</summary>
    public IReadOnlyList<string> IssuerLocations { get; init; } = [];
}
