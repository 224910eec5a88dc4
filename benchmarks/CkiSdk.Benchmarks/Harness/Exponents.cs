using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Benchmarks.Harness;

/// <summary>Draws private exponents.</summary>
internal static class Exponents
{
    /// <summary>Draws one of a group.</summary>
    public static Secret Random(DhGroup group)
    {
        using var candidate = Secret.Random(group.CandidateLength, CryptoProviders.Software.Random);
        return group.ExponentFrom(candidate);
    }

    /// <summary>Draws the octets of several of a group, one after the other.</summary>
    public static byte[] Octets(DhGroup group, int count) => [.. Enumerable.Range(0, count).SelectMany(_ =>
    {
        using var exponent = Random(group);
        return exponent.Span.ToArray();
    })];
}
