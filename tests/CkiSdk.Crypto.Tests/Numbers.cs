using System.Numerics;

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
}
