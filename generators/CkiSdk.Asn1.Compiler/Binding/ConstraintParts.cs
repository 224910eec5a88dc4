using System.Runtime.CompilerServices;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Counts the parts of constraints: those that take one another in have many more than their text.</summary>
internal sealed class ConstraintParts
{
    private const int MostDepth = 64;
    private const int MostOfOne = 10_000;
    private const int MostOfAll = 2_000_000;

    private readonly Dictionary<ConstraintNode, (int Count, int Depth)> _known = new(new SameNode());
    private int _all;

    /// <summary>Says whether a constraint that others can take in has few enough parts, by itself and with all that were asked about before.</summary>
    public bool AreFew(ConstraintNode node)
    {
        var (count, depth) = Measure(node);
        _all = Math.Min(MostOfAll + 1, _all + count);
        return count <= MostOfOne && depth <= MostDepth && _all <= MostOfAll;
    }

    private (int Count, int Depth) Measure(ConstraintNode node)
    {
        if (!_known.TryGetValue(node, out var measure))
        {
            var (count, depth) = (1, 0);
            foreach (var inner in Parts(node).Select(Measure))
            {
                count = Math.Min(MostOfAll, count + inner.Count);
                depth = Math.Max(depth, inner.Depth);
            }

            _known[node] = measure = (count, depth + 1);
        }

        return measure;
    }

    private static IEnumerable<ConstraintNode> Parts(ConstraintNode node) => node switch
    {
        SizeNode size => [size.Sizes],
        UnionNode union => union.Operands,
        IntersectionNode intersection => intersection.Operands,
        ExceptNode except => [except.Included, except.Excluded],
        ExtensibleNode { Additional: { } additional } extensible => [extensible.Root, additional],
        ExtensibleNode extensible => [extensible.Root],
        WithComponentNode with => [with.Element],
        WithComponentsNode with => with.Components.Select(component => component.Constraint).OfType<ConstraintNode>(),
        _ => [],
    };

    // Equality by what is in a constraint would take as long as counting.
    private sealed class SameNode : IEqualityComparer<ConstraintNode>
    {
        public bool Equals(ConstraintNode? left, ConstraintNode? right) => ReferenceEquals(left, right);

        public int GetHashCode(ConstraintNode node) => RuntimeHelpers.GetHashCode(node);
    }
}
