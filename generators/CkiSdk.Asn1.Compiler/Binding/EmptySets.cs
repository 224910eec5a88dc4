using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds constraints that no value meets.</summary>
internal static class EmptySets
{
    /// <summary>Says whether it is certain that a constraint permits nothing.</summary>
    public static bool IsEmpty(ConstraintNode node) => IsOutOfBounds(ConstraintBounds.OfNumbers(node)) || IsOutOfBounds(ConstraintBounds.OfSizes(node)) || node switch
    {
        UnionNode union => union.Operands.Count > 0 && union.Operands.All(IsEmpty),
        IntersectionNode intersection => intersection.Operands.Any(operand => IsEmpty(operand) || (Values(operand) is { } values && values.All(value => Refuses(intersection.Operands, value)))),
        ExceptNode except => IsEmpty(except.Included) || (Values(except.Included) is { } values && values.All(value => ConstraintCheck.Permits(except.Excluded, value) == true))
            || (except is { Included: NumberRangeNode inner, Excluded: NumberRangeNode outer } && Covers(outer, inner)),
        _ => false,
    };

    private static bool IsOutOfBounds(ConstraintBounds bounds) => bounds.Minimum > bounds.Maximum;

    private static bool Refuses(IEnumerable<ConstraintNode> operands, ValueNode value) => operands.Any(operand => ConstraintCheck.Permits(operand, value) == false);

    private static bool Covers(NumberRangeNode outer, NumberRangeNode inner) =>
        (outer.Minimum is null || inner.Minimum >= outer.Minimum) && (outer.Maximum is null || inner.Maximum <= outer.Maximum);

    // The values of a constraint that lists them; null for others.
    private static IReadOnlyList<ValueNode>? Values(ConstraintNode node) => node switch
    {
        SingleValueNode single => [single.Value],
        UnionNode { Operands.Count: > 0 } union when union.Operands.All(operand => operand is SingleValueNode) => [.. union.Operands.OfType<SingleValueNode>().Select(single => single.Value)],
        _ => null,
    };
}
