using System.Text.Json;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Corpora.Wycheproof;

/// <summary>Judges tests for primality; numbers are in two's complement, and negative ones are no primes.</summary>
internal static class PrimalityJudges
{
    public static bool Judge(JsonElement test)
    {
        var octets = Judges.Octets(test, "value");
        return (octets.Length == 0 || octets[0] < 0x80) && Primality.IsProbablePrime(octets);
    }
}
