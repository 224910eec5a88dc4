using CkiSdk.Benchmarks.Harness;
using CkiSdk.Benchmarks.Peers;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Compares exponentiation with OpenSSL's own, in the groups of RFC 7919: a third of its time with the group's base, as much with any other that was checked before.</summary>
internal static class DerivationRows
{
    private const double OwnBase = 1 / 3.0;
    private const double AnyBase = 1 / 0.95;

    /// <summary>Gives the rows.</summary>
    public static IEnumerable<Row> All() => DhGroups.Named.SelectMany(Of);

    private static Row[] Of(DhGroup group)
    {
        var ours = new LibCryptoDiffieHellman();
        var (own, other) = (Exponents.Random(group), Exponents.Random(group));
        var peerValue = ours.PublicValue(group, other);
        var theirs = new OpenSslDerivation(group.Name, group.Length);
        using (var left = ours.Agree(group, own, peerValue))
        using (var right = ours.Agree(group, other, ours.PublicValue(group, own)))
            Equal.Require(left.Span.ToArray(), right.Span.ToArray());
        return
        [
            new($"DH {group.Name} own base / EVP_PKEY_derive", OwnBase, 1, () => Sink.Take(ours.PublicValue(group, own)), () => Sink.Take(theirs.Derive())),
            new($"DH {group.Name} variable base / EVP_PKEY_derive", AnyBase, 1, () => Agree(ours, group, own, peerValue), () => Sink.Take(theirs.Derive())),
        ];
    }

    private static void Agree(LibCryptoDiffieHellman ours, DhGroup group, Secret exponent, byte[] peerValue)
    {
        using var secret = ours.Agree(group, exponent, peerValue);
        Sink.Take(secret);
    }
}
