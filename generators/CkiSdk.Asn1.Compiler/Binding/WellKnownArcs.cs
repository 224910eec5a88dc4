using System.Numerics;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Knows the arcs whose numbers need not be written (X.680 32.7, X.660 A).</summary>
internal static class WellKnownArcs
{
    private static readonly Dictionary<string, int> Arcs = new(StringComparer.Ordinal)
    {
        ["/itu-t"] = 0,
        ["/ccitt"] = 0,
        ["/iso"] = 1,
        ["/joint-iso-itu-t"] = 2,
        ["/joint-iso-ccitt"] = 2,
        ["0/recommendation"] = 0,
        ["0/question"] = 1,
        ["0/administration"] = 2,
        ["0/network-operator"] = 3,
        ["0/identified-organization"] = 4,
        ["0/r-recommendation"] = 5,
        ["1/standard"] = 0,
        ["1/registration-authority"] = 1,
        ["1/member-body"] = 2,
        ["1/identified-organization"] = 3,
    };

    /// <summary>Returns the number of a name behind the given arcs; null where the name alone says nothing.</summary>
    public static BigInteger? Find(IReadOnlyList<BigInteger> before, string name)
    {
        // The series of recommendations are the letters, a is 1.
        if (before.Count == 2 && before[0].IsZero && before[1].IsZero && name.Length == 1)
        {
            return name[0] - 'a' + 1;
        }

        return Arcs.TryGetValue($"{string.Join(".", before)}/{name}", out var arc) ? arc : null;
    }
}
