using System.Security.Cryptography;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Benchmarks.Timing;

/// <summary>Lists what is done with private keys on P-256: a number of two bits or random ones.</summary>
internal static class EllipticTargets
{
    private const int Some = 20_000;

    /// <summary>Gives the targets.</summary>
    public static IEnumerable<TimingTarget> All()
    {
        var factory = CryptoProviders.Software.Keys;
        var peer = factory.CreateKeyAgreementKeyAsync(KeyAlgorithm.EcP256).AsTask().GetAwaiter().GetResult().SubjectPublicKeyInfo;
        var message = new byte[64];
        yield return TimingTarget.Of("P-256 import of a private key: two bits or random", Some, Sparse, RandomKey, key => factory.ImportKeyAgreementKeyAsync(key).AsTask().GetAwaiter().GetResult().Dispose());
        yield return TimingTarget.Of(
            "P-256 agreement: a private key of two bits or random", Some, Sparse, RandomKey, key => factory.ImportKeyAgreementKeyAsync(key).AsTask().GetAwaiter().GetResult(),
            (key, _) =>
            {
                key.AgreeAsync(peer).AsTask().GetAwaiter().GetResult().Dispose();
                key.Dispose();
            });
        yield return TimingTarget.Of(
            "P-256 signature: a private key of two bits or random", Some, Sparse, RandomKey, key => factory.ImportSigningKeyAsync(key).AsTask().GetAwaiter().GetResult(),
            (key, _) =>
            {
                key.SignAsync(SignatureAlgorithm.EcdsaSha256, message).AsTask().GetAwaiter().GetResult();
                key.Dispose();
            });
    }

    private static byte[] Sparse()
    {
        var number = new byte[32];
        (number[0], number[31]) = (0x80, 1);
        using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = number });
        return key.ExportPkcs8PrivateKey();
    }

    private static byte[] RandomKey()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }
}
