using System.Numerics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Numbers the items of an ENUMERATED (X.680 20.3 to 20.7).</summary>
internal static class EnumeratedNumbers
{
    /// <summary>Returns the items with their numbers, in the order of the text; null for a number that could not be worked out.</summary>
    /// <param name="type">The type.</param>
    /// <param name="given">Works out the number that an item has in parentheses.</param>
    public static IReadOnlyList<(NamedNumberSyntax Item, BigInteger? Number)> Assign(EnumeratedTypeSyntax type, Func<NamedNumberSyntax, BigInteger?> given)
    {
        var result = new List<(NamedNumberSyntax, BigInteger?)>();
        var root = type.Root.Select(item => item.Value is null ? null : given(item)).ToList();
        var used = new HashSet<BigInteger>(root.OfType<BigInteger>());
        var next = BigInteger.Zero;
        for (var i = 0; i < root.Count; i++)
        {
            result.Add((type.Root[i], type.Root[i].Value is null ? Next(used, ref next) : root[i]));
        }

        // An addition takes the lowest number that the root does not have and that is greater than those of the additions before it.
        next = BigInteger.Zero;
        foreach (var item in type.Additional)
        {
            var number = item.Value is null ? Next(used, ref next) : given(item);
            result.Add((item, number));
            next = number >= next ? number.Value + 1 : next;
        }

        return result;
    }

    /// <summary>Returns the numbers by name; the first of two with one name counts.</summary>
    public static IReadOnlyDictionary<string, BigInteger> Of(EnumeratedTypeSyntax type, Func<NamedNumberSyntax, BigInteger?> given) =>
        Assign(type, given).Where(item => item.Number is not null).GroupBy(item => item.Item.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Number!.Value, StringComparer.Ordinal);

    private static BigInteger Next(HashSet<BigInteger> used, ref BigInteger next)
    {
        while (!used.Add(next))
        {
            next++;
        }

        return next;
    }
}
