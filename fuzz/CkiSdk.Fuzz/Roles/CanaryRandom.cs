using System.Security.Cryptography;
using CkiSdk.Crypto;

namespace CkiSdk.Fuzz.Roles;

/// <summary>Draws what is as long as a key so that it holds the canary: interoperability keys, keys of contents and wraps, and the octets of exponents, whose last ones a reduction changes.</summary>
/// <remarks>Nothing public is as long but blocks of 32 octets for nonces, which have 16: none gets the whole canary.</remarks>
internal sealed class CanaryRandom : IRandomSource
{
    private const int ShortestKey = 32;
    private const int LongestExponent = 58; // candidates of ffdhe8192

    /// <inheritdoc/>
    public void Fill(Span<byte> destination)
    {
        RandomNumberGenerator.Fill(destination);
        if (destination.Length is >= ShortestKey and <= LongestExponent) InsecureProvider.Canary.CopyTo(destination[((destination.Length - InsecureProvider.Canary.Length) / 2)..]);
    }
}
