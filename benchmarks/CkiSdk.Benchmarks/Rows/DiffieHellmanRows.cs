using System.Numerics;
using CkiSdk.Benchmarks.Harness;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Raises the generator of a group to a random exponent; ours does it in constant time, both peers do not. And of eight exponents at once beside one after the other.</summary>
internal static class DiffieHellmanRows
{
    private const int Many = 8;
    private const double AtOnce = 0.5; // where the processor has vectors for it; without them there is nothing to compare

    /// <summary>Gives the rows, after a check that all sides find the same value.</summary>
    public static IEnumerable<Row> All() => [.. Of(DhGroups.Ffdhe2048), .. Of(DhGroups.Ffdhe3072)];

    private static Row[] Of(DhGroup group)
    {
        var exponent = Exponents.Random(group);
        var ours = new LibCryptoDiffieHellman();
        var bouncy = new BouncyCastleDiffieHellman();
        Func<byte[]> framework = Framework(group, exponent);
        Equal.Require(ours.PublicValue(group, exponent), bouncy.PublicValue(group, exponent));
        Equal.Require(ours.PublicValue(group, exponent), framework());
        var several = Exponents.Octets(group, Many);
        Equal.Require(ours.PublicValues(group, several)[^1], ours.PublicValue(group, several.AsSpan(several.Length - group.ExponentLength)));
        Action mine = () => Sink.Take(ours.PublicValue(group, exponent));
        return
        [
            new($"DH public value {group.Name} / BigInteger.ModPow", 0.25, 1, mine, () => Sink.Take(framework())),
            new($"DH public value {group.Name} / BouncyCastle", 0.25, 1, mine, () => Sink.Take(bouncy.PublicValue(group, exponent))),
            new($"DH public values {group.Name}, {Many} at once / one after the other", ours.PublicValuesAtOnce == 1 ? 0 : AtOnce, Many, () => Sink.Take(ours.PublicValues(group, several)), () => OneByOne(ours, group, several)),
        ];
    }

    private static void OneByOne(LibCryptoDiffieHellman arithmetic, DhGroup group, byte[] exponents)
    {
        for (var at = 0; at < exponents.Length; at += group.ExponentLength)
            Sink.Take(arithmetic.PublicValue(group, exponents.AsSpan(at, group.ExponentLength)));
    }

    private static Func<byte[]> Framework(DhGroup group, Secret exponent)
    {
        var (p, g, x) = (Number(group.P.Span), Number(group.G.Span), Number(exponent.Span));
        return () =>
        {
            var y = new byte[group.Length];
            var value = BigInteger.ModPow(g, x, p);
            value.TryWriteBytes(y.AsSpan(group.Length - value.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
            return y;
        };
    }

    private static BigInteger Number(ReadOnlySpan<byte> octets) => new(octets, isUnsigned: true, isBigEndian: true);
}
