using System.Security.Cryptography;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Benchmarks.Timing;

/// <summary>Lists what is done with private keys on P-256: a number of two bits or random ones.</summary>
internal static class EllipticTargets
{
    private const int Some = 20_000;
    private const int Keys = 64;

    /// <summary>Gives the targets.</summary>
    public static IEnumerable<TimingTarget> All()
    {
        var factory = CryptoProviders.Software.Keys;
        var (sparse, random) = (Sparse(), Enumerable.Range(0, Keys).Select(_ => RandomKey()).ToArray());
        var peer = factory.CreateKeyAgreementKeyAsync(KeyAlgorithm.EcP256).AsTask().GetAwaiter().GetResult().SubjectPublicKeyInfo;
        var message = new byte[64];
        yield return Of("P-256 import of a private key: two bits or random", sparse, random, key => key, key => factory.ImportKeyAgreementKeyAsync(key).AsTask().GetAwaiter().GetResult().Dispose());
        yield return Of(
            "P-256 agreement: a private key of two bits or random", sparse, random, key => factory.ImportKeyAgreementKeyAsync(key).AsTask().GetAwaiter().GetResult(),
            key => key.AgreeAsync(peer).AsTask().GetAwaiter().GetResult().Dispose());
        yield return Of(
            "P-256 signature: a private key of two bits or random", sparse, random, key => factory.ImportSigningKeyAsync(key).AsTask().GetAwaiter().GetResult(),
            key => key.SignAsync(SignatureAlgorithm.EcdsaSha256, message).AsTask().GetAwaiter().GetResult());
    }

    private static TimingTarget Of<T>(string name, Secret sparse, Secret[] random, Func<Secret, T> open, Action<T> operation)
    {
        // As many objects of one class as of the other, so that the caches treat both alike.
        var (left, right) = (Array.ConvertAll(random, _ => open(sparse)), Array.ConvertAll(random, key => open(key)));
        var next = 0;
        return new(name, Some, IsLeaky: false, isLeft =>
        {
            var key = (isLeft ? left : right)[++next % Keys];
            return () => operation(key);
        });
    }

    private static Secret Sparse()
    {
        var number = new byte[32];
        (number[0], number[31]) = (0x80, 1);
        using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = number });
        return Export(key);
    }

    private static Secret RandomKey()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Export(key);
    }

    private static Secret Export(ECDiffieHellman key) => Secret.From(key.ExportPkcs8PrivateKey());
}
