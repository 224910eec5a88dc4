using CkiSdk.Asn1;
using CkiSdk.Pki.Certificates;
using Generated = CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Pki.Paths;

/// <summary>Validates one path from its anchor down, and collects everything that is wrong (RFC 5280 §6.1).</summary>
/// <remarks>Signatures and names were checked while the path was built. No certificate is looked at twice.</remarks>
internal sealed class PathProcessor
{
    private const int MostReasons = 256; // the certificate of a stranger may be wrong in any number of ways

    private readonly PathContext _context;
    private readonly IReadOnlyList<Certificate> _path; // the certificate itself first
    private readonly TrustAnchor? _anchor;
    private readonly RevocationCheck? _revocation;
    private readonly List<PathReason> _reasons = [];
    private readonly HashSet<PathReason> _told = [];
    private readonly NameConstraints _names;
    private readonly PolicyState _policies;
    private int _maxPathLength;

    public PathProcessor(PathContext context, IReadOnlyList<Certificate> path, TrustAnchor? anchor, RevocationCheck? revocation)
    {
        _context = context;
        _path = path;
        _anchor = anchor;
        _revocation = revocation;
        _names = new NameConstraints(context.Options.Limits.NameComparisons);
        _policies = new PolicyState(context.Options, path.Count);
        _maxPathLength = path.Count;
    }

    private PathOptions Options => _context.Options;

    /// <summary>Validates.</summary>
    public Verdict Run()
    {
        var isItself = _anchor?.Certificate is { } top && top.Equals(_path[^1]);
        if (_anchor is not null && !isItself)
            ProcessAnchor(_anchor);
        for (var i = _path.Count - 1; i > 0; i--)
        {
            Guard(i, () => ProcessCertificate(i));
            Guard(i, () => PrepareNext(_path[i], i, isAnchor: false));
        }

        Guard(0, () => ProcessCertificate(0));
        IReadOnlyList<ObjectIdentifier> policies = [];
        Guard(0, () => policies = WrapUp());
        return new Verdict([.. _path], _anchor!, policies, _reasons);
    }

    // A malformed extension is one reason, whichever rule stumbles over it first.
    private void Guard(int index, Action step)
    {
        try
        {
            step();
        }
        catch (DerException e)
        {
            Report(index, ReasonCode.MalformedExtension, Clauses.Extension, $"an extension is malformed: {e.Message}");
        }
    }

    private void ProcessAnchor(TrustAnchor anchor)
    {
        var index = _path.Count;
        if (anchor.NameConstraints is { } constraints && _names.Add(constraints) is { } fault)
            Report(index, ReasonCode.RefusedNameConstraints, Clauses.NameConstraints, fault);
        if (anchor.Certificate is not { } certificate)
            return;
        Guard(index, () =>
        {
            CheckItself(certificate, index);
            PrepareNext(certificate, index, isAnchor: true);
        });
    }

    // 6.1.3: basic certificate processing.
    private void ProcessCertificate(int index)
    {
        var certificate = _path[index];
        CheckItself(certificate, index);
        _revocation?.Check(_path, index, _anchor, Report);
        if (index == 0 || !certificate.IsSelfIssued)
            _names.Check(certificate, (code, clause, message) => Report(index, code, clause, message));
        _policies.Process(certificate, isLast: index == 0, (code, clause, message) => Report(index, code, clause, message));
    }

    private void CheckItself(Certificate certificate, int index)
    {
        if (!certificate.IsValidAt(Options.Time))
        {
            var isEarly = Options.Time < certificate.NotBefore;
            Report(
                index,
                isEarly ? ReasonCode.NotYetValid : ReasonCode.Expired,
                Clauses.Validity,
                isEarly ? $"it is not valid before {certificate.NotBefore:u}" : $"it expired at {certificate.NotAfter:u}");
        }

        var isOld = certificate.Value.ToBeSigned.Version != Generated.Version.V3;
        if (isOld && (!Options.Permissions.HasFlag(PathPermissions.Version1) || (index > 0 && index < _path.Count)))
            Report(index, ReasonCode.RefusedVersion, Clauses.Version, "it is not of version 3");
        ProfileCheck.Check(_context, certificate, index == 0, index == _path.Count || certificate.Equals(_anchor?.Certificate), (code, clause, message) => Report(index, code, clause, message));
        foreach (var extension in certificate.Extensions)
        {
            if (extension.Critical && !KnownExtensions.AreProcessed(extension.ExtnId))
                Report(index, ReasonCode.UnknownCriticalExtension, index == 0 ? Clauses.CriticalEnd : Clauses.CriticalAuthority, $"the critical extension {extension.ExtnId} is not known here");
        }
    }

    // 6.1.4: preparation for the next certificate. An anchor constrains, but takes part in no count (RFC 5937 section 3).
    private void PrepareNext(Certificate certificate, int index, bool isAnchor)
    {
        if (certificate.NameConstraints is { } constraints && _names.Add(constraints) is { } fault)
            Report(index, ReasonCode.RefusedNameConstraints, Clauses.NameConstraints, fault);
        _policies.PrepareNext(certificate, isAnchor, (code, clause, message) => Report(index, code, clause, message));
        var isOld = certificate.Value.ToBeSigned.Version != Generated.Version.V3;
        if (!certificate.IsAuthority && !(isOld && isAnchor && Options.Permissions.HasFlag(PathPermissions.Version1)))
            Report(index, ReasonCode.NotAuthority, Clauses.Authority, "it issued another certificate, but is no authority");
        if (!isAnchor && !certificate.IsSelfIssued)
        {
            if (_maxPathLength <= 0)
                Report(index, ReasonCode.PathTooLong, Clauses.PathLength, "an authority above admits no further one here");
            else
                _maxPathLength--;
        }

        if (certificate.PathLengthConstraint is { } limit && limit < _maxPathLength)
            _maxPathLength = limit.ToInt32();
        if (certificate.KeyUsage is { } usage && !usage.Has(Asn1.Modules.CertificateExtensions.KeyUsage.KeyCertSign))
            Report(index, ReasonCode.RefusedKeyUsage, Clauses.SigningUsage, "its key may not sign certificates");
        if (Options.Purpose is { } purpose && !PurposeCheck.Admits(certificate, purpose))
            Report(index, ReasonCode.RefusedPurpose, Clauses.Purpose, $"it is not made for {purpose}");
    }

    // 6.1.5: wrap-up, and what the caller wants of the certificate itself.
    private IReadOnlyList<ObjectIdentifier> WrapUp()
    {
        PurposeCheck.CheckEnd(_path[0], Options, (code, clause, message) => Report(0, code, clause, message));
        return _policies.WrapUp(_path[0], (code, clause, message) => Report(0, code, clause, message));
    }

    private void Report(int index, ReasonCode code, string clause, string message)
    {
        var certificate = index < _path.Count ? _path[index] : _anchor?.Certificate;
        var reason = new PathReason(index, certificate, code, clause, message);
        if (_reasons.Count < MostReasons && _told.Add(reason))
            _reasons.Add(reason);
    }
}
