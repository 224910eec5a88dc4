using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Protocol.Client;

/// <summary>Knows the certificates of the user's CMA and of the CMAs of other domains.</summary>
internal sealed class KnownAuthorities(Certificate cma, PinnedAuthorities pinned, CryptoProvider provider, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Certificate> _own = [cma];
    private readonly List<Certificate> _external = [];

    /// <summary>Gets the certificates of the user's CMA, the configured one first.</summary>
    public IReadOnlyList<Certificate> Own
    {
        get
        {
            lock (_gate)
            {
                return [.. _own];
            }
        }
    }

    /// <summary>Gets all certificates.</summary>
    public IReadOnlyList<Certificate> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _own, .. _external];
            }
        }
    }

    /// <summary>Finds the CMA certificate that a certificate names as its issuer's, of several for the same key the one that lasts longest; null where it is not known.</summary>
    public Certificate? Find(Certificate certificate)
    {
        lock (_gate)
        {
            return _own.Concat(_external)
                .Where(authority => authority.Subject.Equals(certificate.Issuer) && authority.SubjectKeyIdentifier is { } identifier && identifier == certificate.AuthorityKeyIdentifier)
                .MaxBy(authority => authority.NotAfter);
        }
    }

    /// <summary>Takes a CMA certificate that the user's CMA has sent.</summary>
    /// <exception cref="CkiProtocolException">It is no valid CMA certificate, or claims to be the own CMA's and does not lead to an anchor.</exception>
    public void Add(Certificate certificate)
    {
        if (Own.Contains(certificate))
        {
            return;
        }

        if (!certificate.Subject.Equals(cma.Subject))
        {
            // What the own CMA supplies counts as configured (profile section 2): it has checked the path, and it alone says which domains there are.
            Require(CertificateRules.MaySign(certificate), "it is no CMA certificate");
            Add(_external, certificate);
            return;
        }

        // One that follows is told before it is in force.
        var now = time.GetUtcNow();
        var path = new PathValidator(TrustAnchor.Of([.. pinned.Anchors, .. Own]), provider)
            .Validate(certificate, [], new PathOptions { Time = certificate.NotBefore > now ? certificate.NotBefore : now });
        Require(path.IsValid && CertificateRules.MaySign(certificate), path.IsValid ? "it is no CMA certificate" : path.ToString());
        Require(DomainRule.Of(certificate).IsWithin(DomainRule.Of(cma)), "its domain is wider than that of the CMA certificate before");
        Add(_own, certificate);
    }

    /// <summary>Takes certificates back that were accepted in an earlier run.</summary>
    public void Restore(IEnumerable<Certificate> certificates)
    {
        foreach (var certificate in certificates)
        {
            Add(certificate.Subject.Equals(cma.Subject) ? _own : _external, certificate);
        }
    }

    private void Add(List<Certificate> list, Certificate certificate)
    {
        lock (_gate)
        {
            if (!list.Contains(certificate))
            {
                list.Add(certificate);
            }
        }
    }

    private static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new CkiProtocolException($"externalCMACertificate: {fault.TrimEnd('.')} (CKI Part 2 ¶63, profile section 2).");
        }
    }
}
