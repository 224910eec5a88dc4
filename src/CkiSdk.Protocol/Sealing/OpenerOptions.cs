using CkiSdk.Asn1;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Says who opens a message and whom he trusts.</summary>
public sealed record OpenerOptions
{
    /// <summary>Gets who opens the message: the subject of his receive certificates.</summary>
    public required DistinguishedName User { get; init; }

    /// <summary>Gets the CMAs whose certificates are trusted: that of his own domain and those of others.</summary>
    public IReadOnlyList<TrustedIssuer> Issuers { get; init; } = [];

    /// <summary>
    /// Gets what finds the CMA of a receive certificate that none of <see cref="Issuers"/> issued; the certificate was not checked yet. A user's CMA supplies the certificates of other CMAs together with
    /// external seed keys (CKI Part 2 ¶63). <see langword="null"/>, also from it, means that there is none.
    /// </summary>
    public Func<Certificate, CancellationToken, ValueTask<TrustedIssuer?>>? FindIssuer { get; init; }

    /// <summary>
    /// Gets what finds the private key of one of the user's receive certificates, which were checked before: it derives it from the seed key, and fetches that where it is missing
    /// (CKI Part 2 C.19). <see langword="null"/> from it means that there is none. The key is disposed after use.
    /// </summary>
    public required Func<Certificate, CancellationToken, ValueTask<IDhKey?>> FindKey { get; init; }

    /// <summary>Gets how the key of the content must be encrypted.</summary>
    public SealingScheme Scheme { get; init; }

    /// <summary>Gets the groups that the configuration accepts.</summary>
    public DhGroupSet Groups { get; init; } = DhGroups.Named;

    /// <summary>Gets how large the parts around the content may be.</summary>
    public DerLimits Limits { get; init; } = DerLimits.Default;
}
