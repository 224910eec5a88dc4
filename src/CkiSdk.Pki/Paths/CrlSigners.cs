using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;

namespace CkiSdk.Pki.Paths;

/// <summary>Finds and validates who signed a list (RFC 5280 §6.3.3 (f)(g)); the signer's own path ends at the same anchor.</summary>
internal sealed class CrlSigners(PathContext context, RevocationCheck revocation)
{
    private readonly Dictionary<(RevocationList List, TrustAnchor Anchor), string?> _known = [];
    private readonly HashSet<Certificate> _inProgress = [];

    /// <summary>Finds why a list does not count; null if it was signed by somebody who may.</summary>
    public string? FindFault(RevocationList list, IReadOnlyList<Certificate> path, int index, TrustAnchor anchor)
    {
        if (_known.TryGetValue((list, anchor), out var known))
            return known;
        var fault = Find(list, path, index, anchor);
        if (_inProgress.Count == 0)
            _known[(list, anchor)] = fault;
        return fault;
    }

    private string? Find(RevocationList list, IReadOnlyList<Certificate> path, int index, TrustAnchor anchor)
    {
        if (list.AlgorithmIdentifier != list.InnerAlgorithmIdentifier)
            return "the algorithms inside and outside the signature of the revocation list differ";
        var above = path.Skip(index + 1).Where(candidate => candidate.Subject.Equals(list.Issuer)).ToList();
        var fault = "no certificate of the revocation list's issuer is known";
        if (anchor.Name.Equals(list.Issuer) && Judge(list, anchor.SubjectPublicKeyInfo, anchor.Certificate, ref fault))
            return null;
        foreach (var candidate in above)
        {
            if (Judge(list, candidate.SubjectPublicKeyInfo, candidate, ref fault))
                return null;
        }

        foreach (var candidate in context.Pool.Find(list.Issuer))
        {
            if (!above.Contains(candidate) && Judge(list, candidate.SubjectPublicKeyInfo, candidate, ref fault) && IsValid(candidate, anchor, ref fault))
                return null;
        }

        return fault;
    }

    private bool Judge(RevocationList list, ReadOnlyMemory<byte> key, Certificate? signer, ref string fault)
    {
        if (context.Signatures.Verify(list, list.ToBeSigned.Span, list.AlgorithmIdentifier, list.Signature, key) is { } wrong)
        {
            fault = $"the signature of the revocation list {wrong.Message}";
            return false;
        }

        if (signer?.KeyUsage is not { } usage || usage.Has(KeyUsage.CRLSign))
            return true;
        fault = "the key that signed the revocation list may not sign revocation lists";
        return false;
    }

    // A signer whose own revocation depends on the list that he signed is taken as not revoked: nothing else could say so.
    private bool IsValid(Certificate signer, TrustAnchor anchor, ref string fault)
    {
        if (!_inProgress.Add(signer))
            return true;
        var options = new PathOptions { Time = context.Options.Time, LegacyAlgorithms = context.Options.LegacyAlgorithms, MaxIntermediates = context.Options.MaxIntermediates };
        var own = context with { Options = options, Anchors = new Dictionary<Names.DistinguishedName, TrustAnchor[]> { [anchor.Name] = [anchor] } };
        var result = new PathSearch(own, (path, top) => new PathProcessor(own, path, top, revocation.ForSigners()).Run()).Run(signer);
        _inProgress.Remove(signer);
        if (!result.IsValid)
            fault = $"the signer of the revocation list is not valid: {result.Reasons[0].Message}";
        return result.IsValid;
    }
}
