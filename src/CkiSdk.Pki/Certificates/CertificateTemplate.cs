using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Certificates;

/// <summary>Says what a certificate shall say, but for what its issuer adds: issuer, serial number, algorithm and authority key identifier.</summary>
public sealed record CertificateTemplate
{
    /// <summary>Gets whose key is certified.</summary>
    public required DistinguishedName Subject { get; init; }

    /// <summary>Gets the DER of the public key with its algorithm.</summary>
    public required ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; init; }

    /// <summary>Gets the first moment of validity; fractions of a second are cut.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Gets the last moment of validity; fractions of a second are cut.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Gets the extensions, without authorityKeyIdentifier.</summary>
    public required IReadOnlyList<Extension> Extensions { get; init; }

    /// <summary>Gets the rules that the certificate must keep to be signed.</summary>
    public LintRules Rules { get; init; } = LintRules.Rfc5280 | LintRules.Cki;
}
