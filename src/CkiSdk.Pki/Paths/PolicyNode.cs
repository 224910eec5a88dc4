using CkiSdk.Asn1;

namespace CkiSdk.Pki.Paths;

/// <summary>Is a node of the valid_policy_graph (RFC 9618 §3): a policy at one depth, with the nodes above that lead to it.</summary>
/// <param name="policy">The policy of the subject's domain (valid_policy).</param>
/// <param name="parents">The nodes one depth above.</param>
internal sealed class PolicyNode(ObjectIdentifier policy, IReadOnlyList<PolicyNode> parents)
{
    public ObjectIdentifier Policy => policy;

    public IReadOnlyList<PolicyNode> Parents => parents;

    /// <summary>Gets the policies that match it in the next certificate (expected_policy_set).</summary>
    public IReadOnlyList<ObjectIdentifier> Expected { get; set; } = [policy];

    /// <summary>Gets or sets whether the search from the leaves has been here.</summary>
    public bool IsReached { get; set; }
}
