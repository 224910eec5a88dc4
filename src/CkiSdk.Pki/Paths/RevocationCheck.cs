using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;

namespace CkiSdk.Pki.Paths;

/// <summary>Finds out from the lists at hand whether a certificate was revoked (RFC 5280 §6.3).</summary>
internal sealed class RevocationCheck
{
    private readonly CrlSelection _lists;
    private readonly CrlSigners _signers;
    private readonly RevocationScope _scope;

    private RevocationCheck(PathContext context, RevocationScope scope)
    {
        _scope = scope;
        _lists = new CrlSelection(context.Options);
        _signers = new CrlSigners(context, this);
    }

    private RevocationCheck(RevocationCheck other, RevocationScope scope) =>
        (_lists, _signers, _scope) = (other._lists, other._signers, scope);

    /// <summary>Makes the check, or null if none is wanted.</summary>
    public static RevocationCheck? For(PathContext context)
    {
        var options = context.Options;
        var scope = options.RevocationScope ?? (options.RevocationLists.Count > 0 ? RevocationScope.EndCertificate : RevocationScope.None);
        return options.RevocationLists.Count == 0 && scope == RevocationScope.None ? null : new RevocationCheck(context, scope);
    }

    /// <summary>Makes the same check for the paths of those who sign lists: an answer is demanded only where it is for the whole path.</summary>
    public RevocationCheck ForSigners() => new(this, _scope == RevocationScope.EndCertificate ? RevocationScope.None : _scope);

    /// <summary>Checks one certificate of a path.</summary>
    public void Check(IReadOnlyList<Certificate> path, int index, TrustAnchor? anchor, Action<int, ReasonCode, string, string> report)
    {
        if (anchor is null || path[index].Equals(anchor.Certificate))
            return;
        var status = StatusOf(path, index, anchor);
        if (status.Entry is { } entry)
        {
            var reason = entry.Reason is { } stated && stated != CRLReason.Unspecified ? $" for {stated}" : "";
            report(index, ReasonCode.Revoked, Clauses.Revocation, $"it was revoked{reason} at {entry.RevocationDate:u}");
        }
        else if (status.Mask != ReasonMask.All && (_scope == RevocationScope.WholePath || (_scope == RevocationScope.EndCertificate && index == 0)))
        {
            report(index, ReasonCode.UnknownRevocation, Clauses.Revocation, status.Fault ?? "no revocation list at hand covers it");
        }
    }

    // 6.3.3: each distribution point of the certificate, then its issuer as one more; the lists of a point until all reasons are covered.
    private RevocationStatus StatusOf(IReadOnlyList<Certificate> path, int index, TrustAnchor anchor)
    {
        var certificate = path[index];
        var status = new RevocationStatus();
        IEnumerable<DistributionPoint?> points = [.. certificate.CrlDistributionPoints?.Value ?? default, null];
        foreach (var point in points)
        {
            foreach (var list in _lists.CompleteFor(certificate, point))
            {
                if (status.Entry is not null || status.Mask == ReasonMask.All)
                    return status;
                Apply(list, certificate, point, path, index, anchor, status);
            }
        }

        return status;
    }

    private void Apply(RevocationList list, Certificate certificate, DistributionPoint? point, IReadOnlyList<Certificate> path, int index, TrustAnchor anchor, RevocationStatus status)
    {
        // (d), (e): the reasons that this list adds.
        var reasons = ReasonMask.Of(list.DistributionPoint?.OnlySomeReasons) & ReasonMask.Of(point?.Reasons);
        if ((reasons & ~status.Mask) == 0)
            return;
        if (_lists.FindFault(list) is { } fault || _signers.FindFault(list, path, index, anchor) is { } other && (fault = other) is not null)
        {
            status.Fault = fault;
            return;
        }

        // (i), (j): a delta list is newer, and takes back what it names with removeFromCRL.
        var entry = list.Find(certificate.SerialNumber, certificate.Issuer);
        foreach (var delta in _lists.DeltasOf(list))
        {
            if (_signers.FindFault(delta, path, index, anchor) is null && delta.Find(certificate.SerialNumber, certificate.Issuer) is { } newer)
                entry = newer.Reason == CRLReason.RemoveFromCRL ? null : newer;
        }

        status.Mask |= reasons;
        status.Entry = entry;
    }
}
