using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;

namespace CkiSdk.Pki.Crls;

/// <summary>Says what a revocation list shall say, but for what its issuer adds: name, algorithm and authority key identifier.</summary>
public sealed record RevocationListTemplate
{
    /// <summary>Gets when the list is issued; fractions of a second are cut.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Gets by when the next one is issued; fractions of a second are cut.</summary>
    public required DateTimeOffset NextIssueAt { get; init; }

    /// <summary>Gets the number, which grows from list to list; complete and delta lists of one scope share the numbers (RFC 5280 §5.2.3).</summary>
    public required Integer Number { get; init; }

    /// <summary>Gets the number of the complete list that a delta builds on; <see langword="null"/> for a complete list (RFC 5280 §5.2.4).</summary>
    public Integer? BaseNumber { get; init; }

    /// <summary>Gets which certificates and reasons the list covers, and whether it is indirect; <see langword="null"/> for all of its issuer (RFC 5280 §5.2.5).</summary>
    public IssuingDistPointSyntax? DistributionPoint { get; init; }

    /// <summary>Gets where delta lists are (RFC 5280 §5.2.6).</summary>
    public CRLDistPointsSyntax? FreshestCrl { get; init; }

    /// <summary>Gets an earlier list whose entries are taken over as they stand, before <see cref="Entries"/>.</summary>
    public RevocationList? Previous { get; init; }

    /// <summary>Gets the entries; those of an indirect list stand together by issuer, so that each issuer is written once.</summary>
    public IReadOnlyCollection<RevokedCertificate> Entries { get; init; } = [];

    /// <summary>Makes the template of the same list at a later time.</summary>
    /// <param name="list">The list.</param>
    /// <param name="issuedAt">When the new one is issued.</param>
    /// <param name="nextIssueAt">By when the one after it is issued.</param>
    /// <returns>The template, with the next number; a list without a number counts as 0.</returns>
    public static RevocationListTemplate Renew(RevocationList list, DateTimeOffset issuedAt, DateTimeOffset nextIssueAt)
    {
        ArgumentNullException.ThrowIfNull(list);
        return new RevocationListTemplate
        {
            IssuedAt = issuedAt,
            NextIssueAt = nextIssueAt,
            Number = (list.Number ?? 0).ToBigInteger() + 1,
            BaseNumber = list.BaseNumber,
            DistributionPoint = list.DistributionPoint,
            FreshestCrl = list.FreshestCrl,
            Previous = list,
        };
    }
}
