using System.Numerics;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Crypto.Tests;

/// <summary>Turns octets into numbers and back, as the tests need them.</summary>
internal static class Numbers
{
    public static BigInteger Number(ReadOnlySpan<byte> octets) => new(octets, isUnsigned: true, isBigEndian: true);

    public static byte[] Octets(BigInteger number) => number.ToByteArray(isUnsigned: true, isBigEndian: true);

    public static byte[] Padded(BigInteger number, int length)
    {
        var octets = Octets(number);
        return [.. new byte[length - octets.Length], .. octets];
    }

    public static Secret SecretOf(string hex) => Secret.From(Convert.FromHexString(hex));

    public static string Hex(ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(octets);

    /// <summary>Draws an exponent of a group.</summary>
    public static BigInteger RandomExponent(DhGroup group)
    {
        using var candidate = Secret.Random(group.CandidateLength, CryptoProviders.Software.Random);
        using var exponent = group.ExponentFrom(candidate);
        return Number(exponent.Span);
    }

    /// <summary>Gives exponents of a group whose digits are all zero, all one, or alike.</summary>
    public static BigInteger[] BorderExponents(DhGroup group)
    {
        var all = (BigInteger.One << group.ExponentBits) - 1;
        return [1, 2, 3, all, all - 1, all >> 1, BigInteger.One << (group.ExponentBits - 1), all / 3, all / 5, all / 0xFFFF, all / 0x1_0001];
    }
}
