using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Checks CMA certificates of other domains: there is no trust on first use (profile section 2).</summary>
internal sealed class AuthorityCheck(CmaContext cma)
{
    /// <summary>Checks a CMA certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="name">Whose it must be.</param>
    /// <param name="peer">What is configured for that CMA; null where the TLCMA alone speaks for it.</param>
    /// <param name="known">Certificates of that CMA that are known already: one of them may have signed the one that follows it (CKI Part 2 B.8).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What is wrong; null where it may be used.</returns>
    public async ValueTask<string?> FindObjectionAsync(
        Certificate certificate, DistinguishedName name, StoredPeer? peer, IReadOnlyList<Certificate> known, CancellationToken cancellationToken)
    {
        if (!certificate.Subject.Equals(name))
        {
            return $"it is that of {certificate.Subject}, not of {name}";
        }

        if (!CertificateRules.MaySign(certificate) || DomainRule.Of(certificate).Permitted.Count == 0)
        {
            return "it is no CMA certificate, or says nothing of a domain";
        }

        // One that was accepted before stays what it is, though the one that has signed it has ended since. One that follows is told before it is in force; until then nothing is decided by it.
        IReadOnlyList<Certificate> anchors = peer is { Anchor.IsEmpty: false } ? [.. cma.Options.Anchors, Certificate.Decode(peer.Anchor)] : cma.Options.Anchors;
        var time = WholeSeconds.Later(certificate.NotBefore, cma.Now);
        if (!known.Contains(certificate) && Validate(certificate, [.. anchors, .. FindLinked(anchors, known)], known, time) is { IsValid: false } path)
        {
            return path.ToString();
        }

        if (RevokedAuthorities.Find(await cma.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false), certificate) is { } list)
        {
            return $"the CRL {list.Number} of {list.Issuer} revokes it";
        }

        return peer is { Domain.IsEmpty: false } && !DomainRule.Of(certificate).IsWithin(DomainRule.From(NameConstraintsSyntax.Decode(peer.Domain)))
            ? "its domain is not within the one that is configured for that CMA"
            : null;
    }

    // Those that lead to an anchor by those before, each at its own beginning: without a TLCMA the anchor is the first of them, which ends while the others follow each other (CKI Part 2 B.8).
    private List<Certificate> FindLinked(IReadOnlyList<Certificate> anchors, IReadOnlyList<Certificate> known)
    {
        var linked = new List<Certificate>();
        foreach (var certificate in known.OrderBy(certificate => certificate.NotBefore))
        {
            if (Validate(certificate, [.. anchors, .. linked], [], certificate.NotBefore).IsValid)
            {
                linked.Add(certificate);
            }
        }

        return linked;
    }

    private ValidationResult Validate(Certificate certificate, IReadOnlyList<Certificate> anchors, IReadOnlyList<Certificate> intermediates, DateTimeOffset time) =>
        new PathValidator(TrustAnchor.Of(anchors), cma.Party.Provider).Validate(certificate, intermediates, new PathOptions { Time = time });
}
