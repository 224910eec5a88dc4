using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKCS8;
using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Reads RSA private keys (RFC 8017 A.1.2) as other programs write them.</summary>
public static class RsaPrivateKeys
{
    /// <summary>Brings a private exponent that is not below the modulus to d mod lcm(p − 1, q − 1): some programs, such as tcllib's <c>pki</c>, write a multiple more, and most refuse that.</summary>
    /// <param name="pkcs8">The DER of PrivateKeyInfo.</param>
    /// <returns>The DER, owned by the caller: the same octets for a key of another kind, for one that needs nothing, for one that <see cref="RsaPrivateKeyRules"/> refuse, and where libcrypto is absent.</returns>
    public static Secret Reduce(Secret pkcs8)
    {
        ArgumentNullException.ThrowIfNull(pkcs8);
        if (!LibCrypto.IsAvailable || Decode(pkcs8, out var info) is not { } key || !HasTwoPrimes(key))
            return pkcs8.Copy();
        using var numbers = new RsaCheck(NumbersOf(key));
        if (numbers.IsExponentBelowModulus || RsaPrivateKeyRules.Check(numbers) is not null)
            return pkcs8.Copy();
        using var exponent = numbers.ReduceExponent();
        return With(info!, key, exponent);
    }

    /// <summary>Finds what is weak, inconsistent or unusual in a private key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The first finding, or <see langword="null"/> if the key may be used.</returns>
    public static KeyFinding? Check(RSAPrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!HasTwoPrimes(key))
            return new(CryptoError.UnsupportedKey, "the key has more than two primes");
        return Array.Exists(IntegersOf(key), number => number.IsNegative)
            ? new(CryptoError.InvalidKey, "the private key has a negative number: a leading octet of zero is missing")
            : RsaPrivateKeyRules.Check(NumbersOf(key));
    }

    /// <summary>Imports into a key of the framework.</summary>
    /// <exception cref="CryptoProviderException">The octets are no such key, or the key is weak, inconsistent or unusual.</exception>
    internal static RSA Import(Secret pkcs8)
    {
        ArgumentNullException.ThrowIfNull(pkcs8);
        if (Decode(pkcs8, out _) is { } key && Check(key) is { } finding)
            throw new CryptoProviderException(finding.Code, $"The private key was refused: {finding.Reason}.");
        using var reduced = Reduce(pkcs8);
        return Pkcs8.Import(RSA.Create(), reduced);
    }

    /// <summary>Gives the numbers of a key, which lie in its octets.</summary>
    internal static RsaPrivateNumbers NumbersOf(Secret pkcs8) => NumbersOf(RSAPrivateKey.Decode(PrivateKeyInfo.Decode(pkcs8.Memory).PrivateKey.Value.Memory));

    private static RSAPrivateKey? Decode(Secret pkcs8, out PrivateKeyInfo? info) =>
        PrivateKeyInfo.TryDecode(pkcs8.Memory, out info) && RSAPrivateKey.TryDecode(info.PrivateKey.Value.Memory, out var key) ? key : null;

    private static bool HasTwoPrimes(RSAPrivateKey key) => key.OtherPrimeInfos is null;

    private static Integer[] IntegersOf(RSAPrivateKey key) =>
        [key.Modulus, key.PublicExponent, key.PrivateExponent, key.Prime1, key.Prime2, key.Exponent1, key.Exponent2, key.Coefficient];

    private static RsaPrivateNumbers NumbersOf(RSAPrivateKey key) => new()
    {
        Modulus = key.Modulus.Octets,
        PublicExponent = key.PublicExponent.Octets,
        PrivateExponent = key.PrivateExponent.Octets,
        Prime1 = key.Prime1.Octets,
        Prime2 = key.Prime2.Octets,
        Exponent1 = key.Exponent1.Octets,
        Exponent2 = key.Exponent2.Octets,
        Coefficient = key.Coefficient.Octets,
    };

    private static Secret With(PrivateKeyInfo info, RSAPrivateKey key, Secret exponent)
    {
        var number = Integer.FromUnsigned(exponent.Span);
        var pkcs1 = (key with { PrivateExponent = number }).Encode();
        var der = (info with { PrivateKey = new PrivateKey(new OctetString(pkcs1)) }).Encode();
        var secret = Secret.From(der);
        CryptographicOperations.ZeroMemory(der);
        CryptographicOperations.ZeroMemory(pkcs1);
        CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsMemory(number.Octets).Span);
        return secret;
    }
}
