using System.Numerics;

namespace CkiSdk.Asn1;

/// <summary>Finds the ends between which all permitted numbers or sizes lie; null for no end. Of extensible constraints the root counts.</summary>
internal readonly record struct ConstraintBounds(BigInteger? Minimum, BigInteger? Maximum)
{
    private bool IsEmpty => Minimum > Maximum;

    /// <summary>Returns the bounds of the numbers that a constraint permits.</summary>
    internal static ConstraintBounds Numbers(Constraint constraint) => constraint switch
    {
        Constraint.Range range => new(range.Minimum, range.Maximum),
        _ => Join(constraint, Numbers),
    };

    /// <summary>Returns the bounds of the sizes that a constraint permits.</summary>
    internal static ConstraintBounds Sizes(Constraint constraint) => constraint is Constraint.Size size ? Numbers(size.Sizes) : Join(constraint, Sizes);

    /// <summary>Returns the bounds of all constraints of a type.</summary>
    internal static ConstraintBounds Of(TypeDescriptor type, Func<Constraint, ConstraintBounds> bounds, bool onlyStrict = false)
    {
        var result = default(ConstraintBounds);
        for (var current = type; current is not null; current = current.Base)
        {
            if (current.Constraint is { } constraint && !(onlyStrict && constraint is Constraint.Extensible))
                result = Narrow(result, bounds(constraint));
        }

        return result;
    }

    private static ConstraintBounds Join(Constraint constraint, Func<Constraint, ConstraintBounds> bounds) => constraint switch
    {
        Constraint.Extensible extensible => bounds(extensible.Root),
        Constraint.Intersection intersection => intersection.Operands.Select(bounds).Aggregate(default(ConstraintBounds), Narrow),
        Constraint.Union { Operands.Count: > 0 } union => union.Operands.Select(bounds).Where(inner => !inner.IsEmpty).DefaultIfEmpty(new(1, 0)).Aggregate(Widen),
        Constraint.Except except => bounds(except.Included),
        _ => default,
    };

    private static ConstraintBounds Narrow(ConstraintBounds first, ConstraintBounds second) => new(
        first.Minimum is null || second.Minimum > first.Minimum ? second.Minimum : first.Minimum,
        first.Maximum is null || second.Maximum < first.Maximum ? second.Maximum : first.Maximum);

    private static ConstraintBounds Widen(ConstraintBounds first, ConstraintBounds second) => new(
        first.Minimum is null || second.Minimum is null ? null : BigInteger.Min(first.Minimum.Value, second.Minimum.Value),
        first.Maximum is null || second.Maximum is null ? null : BigInteger.Max(first.Maximum.Value, second.Maximum.Value));
}
