using System.Security.Cryptography;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Fuzz.Roles;

/// <summary>Is cryptography without any security, for fuzzing only: every signature is good, Diffie–Hellman is a hash, and every secret it makes holds the canary, so that a leak is seen.</summary>
internal static class InsecureProvider
{
    /// <summary>The octets in every secret value.</summary>
    public static readonly byte[] Canary = Convert.FromHexString("c0ffee5ec2e7c0ffee5ec2e7c0ffee5e");

    /// <summary>Gets the provider.</summary>
    public static CryptoProvider Value { get; } = CryptoProviders.Software with
    {
        Name = "insecure",
        Random = new CanaryRandom(),
        Keys = new InsecureKeys(CryptoProviders.Software.Keys),
        PublicKeys = new CredulousPublicKeys(CryptoProviders.Software.PublicKeys),
        DiffieHellman = new HashedDiffieHellman(),
    };

    /// <summary>Makes octets that hold the canary as often as they have room for it, and are different for different inputs.</summary>
    public static Secret Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, int length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(key);
        hash.AppendData(context);
        var (secret, octets) = (new Secret(length), hash.GetHashAndReset());
        for (var at = 0; at < length; at++) secret.Span[at] = at % 32 < 16 ? Canary[at % 16] : octets[(at / 2) % 32];
        return secret;
    }
}
