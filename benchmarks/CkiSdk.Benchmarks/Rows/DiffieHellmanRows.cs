using System.Numerics;
using CkiSdk.Benchmarks.Harness;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Raises the generator of a group to a random exponent; ours does it in constant time, both peers do not.</summary>
internal static class DiffieHellmanRows
{
    /// <summary>Gives the rows, after a check that all sides find the same value.</summary>
    public static IEnumerable<Row> All() => [.. Of(DhGroups.Ffdhe2048), .. Of(DhGroups.Ffdhe3072)];

    private static Row[] Of(DhGroup group)
    {
        using var candidate = Secret.Random(group.CandidateLength, CryptoProviders.Software.Random);
        var exponent = group.ExponentFrom(candidate);
        var ours = new LibCryptoDiffieHellman();
        var bouncy = new BouncyCastleDiffieHellman();
        Func<byte[]> framework = Framework(group, exponent);
        Equal.Require(ours.PublicValue(group, exponent), bouncy.PublicValue(group, exponent));
        Equal.Require(ours.PublicValue(group, exponent), framework());
        Action mine = () => Sink.Take(ours.PublicValue(group, exponent));
        return
        [
            new($"DH public value {group.Name} / BigInteger.ModPow", 0.25, 1, mine, () => Sink.Take(framework())),
            new($"DH public value {group.Name} / BouncyCastle", 0.25, 1, mine, () => Sink.Take(bouncy.PublicValue(group, exponent))),
        ];
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
