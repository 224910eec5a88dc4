using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Paths;

/// <summary>Looks for a path from a certificate up to an anchor, depth first, the likeliest issuers first (RFC 4158).</summary>
/// <remarks>
/// Only verified signatures lead on. A path never comes back to a name and key that it has, so loops end; steps, signatures and
/// validated paths are counted, so a pool made to branch without end costs no more than the limits.
/// </remarks>
/// <param name="context">What is at hand.</param>
/// <param name="judge">Validates a path that reached an anchor; null takes any.</param>
internal sealed class PathSearch(PathContext context, Func<IReadOnlyList<Certificate>, TrustAnchor, Verdict>? judge)
{
    private readonly List<Certificate> _path = [];
    private Certificate[] _furthest = [];
    private SignatureFault? _fault;
    private int _steps;
    private int _judged;

    /// <summary>Gets the best verdict over the paths that reached an anchor, or null if none did.</summary>
    public Verdict? Best { get; private set; }

    /// <summary>Runs the search.</summary>
    public ValidationResult Run(Certificate certificate)
    {
        _path.Add(certificate);
        if (context.FindAnchor(certificate) is { } itself)
            Judge(itself);
        else
            _ = Extend(0);
        if (Best is { } best)
            return new ValidationResult(WithAnchor(best), best.Anchor, best.Policies, best.Reasons);
        return new ValidationResult(_furthest, null, [], [.. Unreached()]);
    }

    private static Certificate[] WithAnchor(Verdict verdict) =>
        verdict.Anchor.Certificate is { } top && !verdict.Path[^1].Equals(top) ? [.. verdict.Path, top] : [.. verdict.Path];

    // Returns whether the search is over: a valid path, or nothing left to spend.
    private bool Extend(int intermediates)
    {
        var last = _path[^1];
        Remember();
        foreach (var anchor in context.FindAnchors(last.Issuer))
        {
            if (IsSigned(last, anchor.SubjectPublicKeyInfo) && Judge(anchor))
                return true;
        }

        foreach (var issuer in context.Pool.FindIssuers(last, context.Options.Time))
        {
            if (++_steps > context.Options.Limits.Steps)
                return true;
            if (!IsNew(issuer) || context.FindAnchor(issuer) is not null)
                continue;
            var count = intermediates + (issuer.IsSelfIssued ? 0 : 1);
            if (count > context.Options.MaxIntermediates)
            {
                _fault ??= new(ReasonCode.PathTooLong, $"More than {context.Options.MaxIntermediates} authorities stand below an anchor.");
                continue;
            }

            if (!IsSigned(last, issuer.SubjectPublicKeyInfo))
                continue;
            _path.Add(issuer);
            if (Extend(count))
                return true;
            _path.RemoveAt(_path.Count - 1);
        }

        return false;
    }

    private bool Judge(TrustAnchor anchor)
    {
        if (judge is null)
        {
            Best = new Verdict([.. _path], anchor, [], []);
            return true;
        }

        var verdict = judge(_path, anchor);
        if (Best is null || verdict.Reasons.Count < Best.Reasons.Count)
            Best = verdict;
        return verdict.Reasons.Count == 0 || ++_judged >= context.Options.Limits.Paths;
    }

    private bool IsSigned(Certificate certificate, ReadOnlyMemory<byte> key)
    {
        var value = certificate.Value;
        if (value.AlgorithmIdentifier != value.ToBeSigned.Signature)
        {
            _fault = new(ReasonCode.RefusedAlgorithm, "The algorithms inside and outside the signature differ.");
            return false;
        }

        var fault = context.Signatures.Verify(certificate, value.ToBeSignedEncoded.Span, value.AlgorithmIdentifier, value.Encrypted, key);
        if (fault is not null)
            _fault = fault with { Message = $"The signature {fault.Message}." };
        return fault is null;
    }

    // The same name with the same key is the same authority, whoever certified it.
    private bool IsNew(Certificate candidate) => !_path.Exists(
        earlier => earlier.SubjectPublicKeyInfo.Span.SequenceEqual(candidate.SubjectPublicKeyInfo.Span) && earlier.Subject.Equals(candidate.Subject));

    private void Remember()
    {
        if (_path.Count > _furthest.Length)
            _furthest = [.. _path];
    }

    private IEnumerable<PathReason> Unreached()
    {
        var top = _furthest.Length - 1;
        if (_steps > context.Options.Limits.Steps || context.Signatures.IsExhausted)
            yield return new PathReason(0, _furthest[0], ReasonCode.TooMuchWork, Clauses.Building, "the certificates at hand take more work than is spent on one certificate");
        if (_fault is not null)
            yield return new PathReason(top, _furthest[top], _fault.Code, _fault.Code == ReasonCode.PathTooLong ? Clauses.Building : Clauses.Signature, LowerFirst(_fault.Message));
        else
            yield return new PathReason(top, _furthest[top], ReasonCode.UnknownIssuer, Clauses.Issuer, "no certificate or anchor of the issuer is known");
    }

    private static string LowerFirst(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.');
}
