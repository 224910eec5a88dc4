using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Paths;

/// <summary>Finds certificates by their subject.</summary>
internal sealed class CertificatePool
{
    private readonly Dictionary<DistinguishedName, List<Certificate>> _bySubject = [];

    public CertificatePool(IEnumerable<Certificate> certificates)
    {
        var known = new HashSet<Certificate>();
        foreach (var certificate in certificates)
        {
            if (!known.Add(certificate))
                continue;
            if (!_bySubject.TryGetValue(certificate.Subject, out var same))
                _bySubject[certificate.Subject] = same = [];
            same.Add(certificate);
        }
    }

    /// <summary>Finds the certificates of a name.</summary>
    public IReadOnlyList<Certificate> Find(DistinguishedName subject) => _bySubject.TryGetValue(subject, out var same) ? same : [];

    /// <summary>Finds who may have issued a certificate, the likeliest first: key identifier, validity, authority, then the newest.</summary>
    public IEnumerable<Certificate> FindIssuers(Certificate certificate, DateTimeOffset time)
    {
        var found = Find(certificate.Issuer);
        return found.Count < 2
            ? found
            : found.OrderByDescending(candidate => Score(certificate, candidate, time)).ThenByDescending(candidate => candidate.NotBefore);
    }

    // RFC 5280 4.2.1.1: key identifiers choose between certificates of one name. They only order: a wrong one is no reason to refuse.
    private static int Score(Certificate certificate, Certificate candidate, DateTimeOffset time)
    {
        var identifier = (certificate.AuthorityKeyIdentifier, candidate.SubjectKeyIdentifier) switch
        {
            ({ } wanted, { } found) => wanted == found ? 2 : 0,
            _ => 1,
        };
        return (identifier * 4) + (candidate.IsValidAt(time) ? 2 : 0) + (candidate.IsAuthority ? 1 : 0);
    }
}
