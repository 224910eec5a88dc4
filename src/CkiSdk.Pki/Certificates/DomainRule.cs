using System.Runtime.CompilerServices;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Certificates;

/// <summary>Says which names belong to the domain of a CMA: the permitted subtrees minus the excluded ones (profile section 2).</summary>
public sealed class DomainRule
{
    // An authority asks the same few certificates for each of its users.
    private static readonly ConditionalWeakTable<Certificate, DomainRule> Rules = [];

    /// <summary>Makes a rule.</summary>
    /// <param name="permitted">The bases of the permitted subtrees.</param>
    /// <param name="excluded">The bases of the excluded subtrees.</param>
    public DomainRule(IEnumerable<DistinguishedName> permitted, IEnumerable<DistinguishedName>? excluded = null)
    {
        Permitted = [.. permitted];
        Excluded = [.. excluded ?? []];
    }

    /// <summary>Gets the bases of the permitted subtrees.</summary>
    public IReadOnlyList<DistinguishedName> Permitted { get; }

    /// <summary>Gets the bases of the excluded subtrees.</summary>
    public IReadOnlyList<DistinguishedName> Excluded { get; }

    /// <summary>Reads the rule of a CMA certificate: its domain extension, else its name constraints (CKI Part 2 ¶93).</summary>
    /// <param name="certificate">The CMA certificate.</param>
    /// <returns>The rule; it admits nobody if the certificate says neither.</returns>
    public static DomainRule Of(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Rules.GetValue(certificate, static certificate => (certificate.Domain ?? certificate.NameConstraints) is { } constraints ? From(constraints) : new DomainRule([]));
    }

    /// <summary>Takes the directory names of constraints; other forms of name say nothing about a domain.</summary>
    /// <param name="constraints">The constraints.</param>
    /// <returns>The rule. A permitted subtree with a distance is left out, an excluded one counts in whole (RFC 5280 §4.2.1.10 allows none).</returns>
    public static DomainRule From(NameConstraintsSyntax constraints)
    {
        ArgumentNullException.ThrowIfNull(constraints);
        return new DomainRule(Bases(constraints.PermittedSubtrees, withDistances: false), Bases(constraints.ExcludedSubtrees, withDistances: true));
    }

    /// <summary>Finds the home domain of a user among CMA certificates.</summary>
    /// <param name="candidates">The certificates of different CMAs, one's own included.</param>
    /// <param name="user">The user.</param>
    /// <returns>Those that admit him: none means an unrecognised domain, more than one that he is in several domains.</returns>
    public static IReadOnlyList<Certificate> FindHomes(IEnumerable<Certificate> candidates, DistinguishedName user) =>
        [.. candidates.Where(candidate => Of(candidate).Admits(user))];

    /// <summary>Tells whether a name belongs to the domain.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it does.</returns>
    public bool Admits(DistinguishedName name) => Permitted.Any(name.IsWithin) && !Excluded.Any(name.IsWithin);

    /// <summary>Tells whether every name of this domain belongs to another, such as the one configured for a peer.</summary>
    /// <param name="other">The other domain.</param>
    /// <returns>Whether it does.</returns>
    public bool IsWithin(DomainRule other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var permitted = Permitted.Where(mine => !Excluded.Any(mine.IsWithin)).ToList();
        return permitted.TrueForAll(mine => other.Permitted.Any(mine.IsWithin))
            && other.Excluded.All(theirs => Excluded.Any(theirs.IsWithin) || !permitted.Exists(mine => mine.IsWithin(theirs) || theirs.IsWithin(mine)));
    }

    /// <summary>Tells whether there can be a name that belongs to both domains: a user with one is in several, and gets no certificates.</summary>
    /// <param name="other">The other domain.</param>
    /// <returns>Whether there can.</returns>
    public bool Overlaps(DomainRule other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Permitted.Any(mine => other.Permitted.Any(theirs => Narrower(mine, theirs) is { } common && !Excluded.Any(common.IsWithin) && !other.Excluded.Any(common.IsWithin)));
    }

    /// <summary>Writes the rule as subtrees of directory names.</summary>
    /// <returns>The constraints.</returns>
    public NameConstraintsSyntax ToNameConstraints() => new()
    {
        PermittedSubtrees = Subtrees(Permitted),
        ExcludedSubtrees = Subtrees(Excluded),
    };

    private static DistinguishedName? Narrower(DistinguishedName one, DistinguishedName other) => one.IsWithin(other) ? one : other.IsWithin(one) ? other : null;

    private static GeneralSubtrees? Subtrees(IReadOnlyList<DistinguishedName> bases) => bases.Count == 0
        ? default(GeneralSubtrees?)
        : new GeneralSubtrees((SequenceOf<GeneralSubtree>)bases.Select(name => new GeneralSubtree { Base = new GeneralName.DirectoryName(name.Name) }).ToArray());

    private static IEnumerable<DistinguishedName> Bases(GeneralSubtrees? subtrees, bool withDistances) =>
        (subtrees?.Value ?? default)
            .Where(subtree => withDistances || (subtree.Minimum.Value == 0 && subtree.Maximum is null))
            .Select(subtree => subtree.Base)
            .OfType<GeneralName.DirectoryName>()
            .Select(name => DistinguishedName.From(name.Value));
}
