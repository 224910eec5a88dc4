using System.Numerics;

namespace CkiSdk.Asn1;

/// <summary>Says whether a REAL can be written with a mantissa, base and exponent that a constraint permits (X.680 21.5).</summary>
internal static class RealParts
{
    // 1 · 2^4 is 2 · 2^3 and 4 · 2^2: beyond so many forms of one number none is looked for.
    private const int MostForms = 200;

    // A mantissa without an end takes in every power of the base: so far they are tried.
    private const int MostSkipped = 2000;

    /// <summary>Returns whether there is a permitted form; null where that cannot be said. Infinities and NOT-A-NUMBER have none of the parts, so nothing forbids them.</summary>
    internal static bool? Permits(Constraint.Components constraint, ReadOnlySpan<byte> content)
    {
        var (mantissa, scale, exponent) = (Entry(constraint, "mantissa"), Entry(constraint, "base"), Entry(constraint, "exponent"));
        if (content.IsEmpty || content[0] == RealContent.MinusZero)
            return Number(mantissa, BigInteger.Zero);
        if (content.Length == 1)
            return true;
        var radix = content[0] == RealContent.Decimal ? 10 : 2;
        return Number(scale, radix) is not true and var answer ? answer : Forms(RealContent.Parts(content), radix, mantissa, exponent);
    }

    private static bool? Forms((BigInteger Mantissa, BigInteger Exponent) least, int radix, Constraint? mantissa, Constraint? exponent)
    {
        var (lowest, highest) = exponent is null ? default : ConstraintBounds.Numbers(exponent);
        var skipped = highest is { } most ? BigInteger.Max(BigInteger.Zero, least.Exponent - most) : BigInteger.Zero;
        var bounds = mantissa is null ? default : ConstraintBounds.Numbers(mantissa);
        if ((least.Mantissa.Sign < 0 ? bounds.Minimum : bounds.Maximum) is { } end && skipped > end.GetBitLength())
            return false;
        if (skipped > MostSkipped)
            return null;
        var number = least.Mantissa * BigInteger.Pow(radix, (int)skipped);
        var power = least.Exponent - skipped;
        bool? result = false;
        for (var form = 0; form < MostForms && !(power < lowest) && !(number > bounds.Maximum) && !(number < bounds.Minimum && number.Sign < 0); form++)
        {
            var isPermitted = (Number(mantissa, number), Number(exponent, power));
            if (isPermitted == (true, true))
                return true;
            if (isPermitted is not ((false, _) or (_, false)))
                result = null;
            (number, power) = (number * radix, power - 1);
        }

        return result;
    }

    private static Constraint? Entry(Constraint.Components constraint, string name)
    {
        foreach (var entry in constraint.Entries)
        {
            // What is extensible permits every number.
            if (entry.Name == name)
                return entry.Constraint is Constraint.Extensible ? null : entry.Constraint;
        }

        return null;
    }

    private static bool? Number(Constraint? constraint, BigInteger number) => constraint is null ? true : ConstraintCheck.Number(constraint, number);
}
