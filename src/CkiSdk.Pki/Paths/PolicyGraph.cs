using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;

namespace CkiSdk.Pki.Paths;

/// <summary>Follows policies down a path as RFC 9618 §5 has it: a graph with one node for each policy and depth, so that nothing grows exponentially.</summary>
/// <remarks>Nodes without children are not pruned on the way; the search at the end starts from the deepest nodes, and finds only what leads there.</remarks>
internal sealed class PolicyGraph
{
    private static readonly ObjectIdentifier Any = CertificateExtensionsValues.AnyPolicy;

    private Dictionary<ObjectIdentifier, PolicyNode>? _level = new() { [Any] = new PolicyNode(Any, []) };

    /// <summary>Gets whether no policy is valid any more (valid_policy_graph is NULL).</summary>
    public bool IsEmpty => _level is null;

    private bool HasAny => _level is not null && _level.ContainsKey(Any);

    /// <summary>Takes the policies of a certificate (RFC 9618 §5.2, in place of RFC 5280 §6.1.3 (d)(e)).</summary>
    /// <param name="policies">The policies, or null if the certificate has none.</param>
    /// <param name="countsAny">Whether anyPolicy counts in this certificate.</param>
    public void Process(CertificatePoliciesSyntax? policies, bool countsAny)
    {
        if (_level is null)
            return;
        if (policies is not { } stated)
        {
            _level = null;
            return;
        }

        var expected = ByExpected();
        var next = new Dictionary<ObjectIdentifier, PolicyNode>();
        var hasAny = false;
        foreach (var information in stated)
        {
            var policy = information.PolicyIdentifier.Value;
            if (policy == Any)
                hasAny = true;
            else if (expected.TryGetValue(policy, out var parents))
                next[policy] = new PolicyNode(policy, parents);
            else if (expected.TryGetValue(Any, out var any))
                next[policy] = new PolicyNode(policy, any);
        }

        if (hasAny && countsAny)
        {
            foreach (var (policy, parents) in expected)
                next.TryAdd(policy, new PolicyNode(policy, parents));
        }

        _level = next.Count == 0 ? null : next;
    }

    /// <summary>Applies the mappings of a certificate (RFC 9618 §5.3, in place of RFC 5280 §6.1.4 (b)).</summary>
    /// <param name="mappings">The mappings; none concerns anyPolicy.</param>
    /// <param name="isAllowed">Whether policies may be mapped (policy_mapping &gt; 0).</param>
    public void Map(PolicyMappingsSyntax mappings, bool isAllowed)
    {
        if (_level is null)
            return;
        foreach (var group in mappings.Value.GroupBy(mapping => mapping.IssuerDomainPolicy.Value, mapping => mapping.SubjectDomainPolicy.Value))
        {
            if (!isAllowed)
                _level.Remove(group.Key);
            else if (_level.TryGetValue(group.Key, out var node))
                node.Expected = [.. group.Distinct()];
            else if (_level.TryGetValue(Any, out var any))
                _level[group.Key] = new PolicyNode(group.Key, any.Parents) { Expected = [.. group.Distinct()] };
        }

        if (_level.Count == 0)
            _level = null;
    }

    /// <summary>Gives the policies that the anchor's domain and the user share (RFC 9618 §5.4, in place of RFC 5280 §6.1.5 (g)).</summary>
    /// <param name="wanted">The user's set; empty for any.</param>
    /// <returns>The policies in terms of the anchor's domain; anyPolicy where all are valid and all are wanted.</returns>
    public IReadOnlyList<ObjectIdentifier> Intersect(IReadOnlyList<ObjectIdentifier> wanted)
    {
        if (_level is null)
            return [];
        var domain = AuthorityDomain();
        if (wanted.Count == 0 || wanted.Contains(Any))
            return [.. domain];
        return HasAny ? [.. wanted.Distinct()] : [.. wanted.Distinct().Where(domain.Contains)];
    }

    private Dictionary<ObjectIdentifier, IReadOnlyList<PolicyNode>> ByExpected()
    {
        var expected = new Dictionary<ObjectIdentifier, IReadOnlyList<PolicyNode>>();
        foreach (var node in _level!.Values)
        {
            foreach (var policy in node.Expected)
            {
                if (expected.TryGetValue(policy, out var nodes))
                    ((List<PolicyNode>)nodes).Add(node);
                else
                    expected[policy] = new List<PolicyNode> { node };
            }
        }

        return expected;
    }

    // The valid_policy_node_set: what stands directly below anyPolicy, and anyPolicy where it goes down to the end.
    private HashSet<ObjectIdentifier> AuthorityDomain()
    {
        var found = new HashSet<ObjectIdentifier>();
        var pending = new Stack<PolicyNode>(_level!.Values);
        if (HasAny)
            found.Add(Any);
        while (pending.TryPop(out var node))
        {
            if (node.IsReached)
                continue;
            node.IsReached = true;
            if (node.Policy != Any && node.Parents is [{ } parent] && parent.Policy == Any)
                found.Add(node.Policy);
            foreach (var above in node.Parents)
                pending.Push(above);
        }

        return found;
    }
}
