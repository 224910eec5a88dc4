using System.Numerics;

namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Holds the ends between which all permitted numbers or sizes lie; null for no end.</summary>
public readonly record struct ConstraintBounds(BigInteger? Minimum, BigInteger? Maximum)
{
    private bool IsEmpty => Minimum > Maximum;

    /// <summary>Returns the bounds of the numbers that a constraint permits, extensions included.</summary>
    public static ConstraintBounds OfNumbers(ConstraintNode node) => node switch
    {
        NumberRangeNode range => new(range.Minimum, range.Maximum),
        SingleValueNode { Value: IntegerNode number } => new(number.Value, number.Value),
        _ => Join(node, OfNumbers),
    };

    /// <summary>Returns the bounds of the sizes that a constraint permits, extensions included.</summary>
    public static ConstraintBounds OfSizes(ConstraintNode node) => node switch
    {
        SizeNode size when OfNumbers(size.Sizes) is var sizes => sizes.Minimum > 0 ? sizes : sizes with { Minimum = 0 },
        _ => Join(node, OfSizes),
    };

    private static ConstraintBounds Join(ConstraintNode node, Func<ConstraintNode, ConstraintBounds> bounds) => node switch
    {
        IntersectionNode intersection => intersection.Operands.Select(bounds).Aggregate(default(ConstraintBounds), Narrow),
        UnionNode { Operands.Count: > 0 } union => union.Operands.Select(bounds).Where(inner => !inner.IsEmpty).DefaultIfEmpty(new(1, 0)).Aggregate(Widen),
        ExceptNode except => bounds(except.Included),
        _ => default,
    };

    private static ConstraintBounds Narrow(ConstraintBounds first, ConstraintBounds second) => new(
        first.Minimum is null || second.Minimum > first.Minimum ? second.Minimum : first.Minimum,
        first.Maximum is null || second.Maximum < first.Maximum ? second.Maximum : first.Maximum);

    private static ConstraintBounds Widen(ConstraintBounds first, ConstraintBounds second) => new(
        first.Minimum is null || second.Minimum is null ? null : BigInteger.Min(first.Minimum.Value, second.Minimum.Value),
        first.Maximum is null || second.Maximum is null ? null : BigInteger.Max(first.Maximum.Value, second.Maximum.Value));
}
