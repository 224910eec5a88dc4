using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Pki.Crls;

namespace CkiSdk.Pki.Paths;

/// <summary>Says for what a certificate must be valid: the inputs of RFC 5280 §6.1.1, and the purpose.</summary>
public sealed record PathOptions
{
    /// <summary>Gets the moment; fractions of a second are cut, because validities have none.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets what the certificate is used for, or <see langword="null"/> for any use. The purposes of TLS bring the profiles of RFC 5280 §4 and of the web PKI.</summary>
    public KeyPurpose? Purpose { get; init; }

    /// <summary>Gets the uses of the key that the certificate must admit besides those of the purpose.</summary>
    public KeyUsage? KeyUsage { get; init; }

    /// <summary>Gets whether a certificate that says nothing about purposes is refused.</summary>
    public bool RequiresStatedPurpose { get; init; }

    /// <summary>Gets the host, address or mailbox that the certificate must name, or <see langword="null"/> for any.</summary>
    public PeerName? Name { get; init; }

    /// <summary>Gets the policies of which one must be valid (user-initial-policy-set); empty for any.</summary>
    public IReadOnlyList<ObjectIdentifier> Policies { get; init; } = [];

    /// <summary>Gets whether a policy must be valid along the path (initial-explicit-policy).</summary>
    public bool RequiresExplicitPolicy { get; init; }

    /// <summary>Gets whether policy mappings are ignored (initial-policy-mapping-inhibit).</summary>
    public bool InhibitsPolicyMapping { get; init; }

    /// <summary>Gets whether anyPolicy in certificates is ignored (initial-any-policy-inhibit).</summary>
    public bool InhibitsAnyPolicy { get; init; }

    /// <summary>Gets the revocation lists at hand: complete ones, deltas and indirect ones in any order.</summary>
    public IReadOnlyList<RevocationList> RevocationLists { get; init; } = [];

    /// <summary>Gets for which certificates the lists must give an answer; <see langword="null"/> for the end certificate if there are lists, for none if not.</summary>
    public RevocationScope? RevocationScope { get; init; }

    /// <summary>Gets the old algorithms that are accepted.</summary>
    public LegacyAlgorithms LegacyAlgorithms { get; init; }

    /// <summary>Gets what else is accepted.</summary>
    public PathPermissions Permissions { get; init; }

    /// <summary>Gets how many authorities that are not self-issued may stand between the certificate and the anchor.</summary>
    public int MaxIntermediates { get; init; } = 10;

    /// <summary>Gets how much work may be spent.</summary>
    public WorkLimits Limits { get; init; } = WorkLimits.Default;
}
