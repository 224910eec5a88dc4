using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Paths;

/// <summary>Keeps the policy variables of a path (RFC 5280 §6.1.2 (a)(d)(e)(f)).</summary>
internal sealed class PolicyState
{
    private readonly PathOptions _options;
    private readonly PolicyGraph _graph = new();
    private int _explicitPolicy;
    private int _inhibitAny;
    private int _mapping;
    private bool _isReported;

    public PolicyState(PathOptions options, int length)
    {
        _options = options;
        _explicitPolicy = options.RequiresExplicitPolicy ? 0 : length + 1;
        _inhibitAny = options.InhibitsAnyPolicy ? 0 : length + 1;
        _mapping = options.InhibitsPolicyMapping ? 0 : length + 1;
    }

    // 6.1.3 (d) to (f).
    public void Process(Certificate certificate, bool isLast, Action<ReasonCode, string, string> report)
    {
        _graph.Process(certificate.Policies, _inhibitAny > 0 || (!isLast && certificate.IsSelfIssued));
        if (_explicitPolicy == 0 && _graph.IsEmpty && !_isReported)
        {
            _isReported = true;
            report(ReasonCode.NoValidPolicy, Clauses.ExplicitPolicy, "a policy is required, and none is valid here any more");
        }
    }

    // 6.1.4 (a), (b), (h) to (j).
    public void PrepareNext(Certificate certificate, bool isAnchor, Action<ReasonCode, string, string> report)
    {
        if (!isAnchor && certificate.PolicyMappings is { } mappings)
            Map(mappings, report);
        if (!isAnchor && !certificate.IsSelfIssued)
        {
            _explicitPolicy = Math.Max(0, _explicitPolicy - 1);
            _mapping = Math.Max(0, _mapping - 1);
            _inhibitAny = Math.Max(0, _inhibitAny - 1);
        }

        if (certificate.PolicyConstraints is { } constraints)
        {
            _explicitPolicy = Lower(_explicitPolicy, constraints.RequireExplicitPolicy?.Value);
            _mapping = Lower(_mapping, constraints.InhibitPolicyMapping?.Value);
        }

        _inhibitAny = Lower(_inhibitAny, certificate.InhibitAnyPolicy);
    }

    // 6.1.5 (a), (b), (g).
    public IReadOnlyList<ObjectIdentifier> WrapUp(Certificate certificate, Action<ReasonCode, string, string> report)
    {
        _explicitPolicy = Math.Max(0, _explicitPolicy - 1);
        if (certificate.PolicyConstraints?.RequireExplicitPolicy is { } skip && skip.Value == 0)
            _explicitPolicy = 0;
        var policies = _graph.Intersect(_options.Policies);
        if (_explicitPolicy == 0 && policies.Count == 0 && !_isReported)
            report(ReasonCode.NoValidPolicy, Clauses.WrapUpPolicy, _options.Policies.Count == 0 ? "no policy is valid along the path" : "none of the policies asked for is valid along the path");
        return policies;
    }

    private static int Lower(int value, Integer? limit) => limit is { } number && number < value ? number.ToInt32() : value;

    private void Map(PolicyMappingsSyntax mappings, Action<ReasonCode, string, string> report)
    {
        if (mappings.Value.Any(mapping => mapping.IssuerDomainPolicy.Value == CertificateExtensionsValues.AnyPolicy || mapping.SubjectDomainPolicy.Value == CertificateExtensionsValues.AnyPolicy))
            report(ReasonCode.RefusedPolicyMapping, Clauses.PolicyMapping, "a policy mapping maps from or to anyPolicy");
        else
            _graph.Map(mappings, _mapping > 0);
    }
}
