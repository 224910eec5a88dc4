using System.Globalization;
using System.Numerics;

namespace CkiSdk.Asn1;

/// <summary>Makes numbers and durations of parts that a constraint limits.</summary>
internal static class RandomParts
{
    private static readonly (string Name, string Mark, bool IsTime)[] Units =
        [("years", "Y", false), ("months", "M", false), ("days", "D", false), ("hours", "H", true), ("minutes", "M", true), ("seconds", "S", true)];

    /// <summary>Makes the content; null for another type, or where the constraint leaves nothing.</summary>
    internal static ReadOnlyMemory<byte>? Make(TypeKind kind, ConstraintLeaves leaves, System.Random random) => kind switch
    {
        TypeKind.Real => Real(leaves, random).Octets,
        TypeKind.Duration => IsoDuration.TryParse(Duration(leaves, random), out var duration) ? duration.Octets : null,
        _ => null,
    };

    private static Real Real(ConstraintLeaves leaves, System.Random random)
    {
        var (mantissa, exponent) = (Number(leaves.NumbersOf("mantissa"), -1000, random), Number(leaves.NumbersOf("exponent"), -20, random));
        var isDecimal = leaves.NumbersOf("base") is { Minimum: { } scale } ? scale == 10 : random.Next(2) == 0;
        return isDecimal ? CkiSdk.Asn1.Real.FromDecimal(mantissa, exponent) : CkiSdk.Asn1.Real.FromBinary(mantissa, exponent);
    }

    private static string Duration(ConstraintLeaves leaves, System.Random random)
    {
        if (leaves.MustBeThere("weeks"))
            return $"P{Number(leaves.NumbersOf("weeks"), 0, random)}W";
        var units = Units.Where(unit => leaves.MayBeThere(unit.Name) && (leaves.MustBeThere(unit.Name) || random.Next(2) == 0)).ToList();
        if (units.Count == 0)
            units = [.. Units.Where(unit => leaves.MayBeThere(unit.Name)).Take(1)];
        var text = "P";
        foreach (var (name, mark, isTime) in units)
        {
            var isLast = mark == units[^1].Mark && name == units[^1].Name;
            var fraction = isLast && (leaves.MustBeThere("fractional-part") || (leaves.MayBeThere("fractional-part") && random.Next(4) == 0)) ? $".{random.Next(1, 10)}" : "";
            text += (isTime && !text.Contains('T', StringComparison.Ordinal) ? "T" : "") + Number(leaves.NumbersOf(name), 0, random).ToString(CultureInfo.InvariantCulture) + fraction + mark;
        }

        return text;
    }

    // Within the ends; where there is none, not far from a number.
    private static BigInteger Number(ConstraintBounds bounds, int usual, System.Random random)
    {
        var least = bounds.Minimum ?? (bounds.Maximum is { } most && most < usual ? most - 20 : usual);
        var room = bounds.Maximum is { } last ? last - least + 1 : 60;
        return least + (room < long.MaxValue && room > 0 ? random.NextInt64((long)room) : random.Next(60));
    }
}
