using System.Globalization;
using System.Numerics;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKCS8;
using CkiSdk.Crypto.Software;

namespace CkiSdk.Crypto.Tests.Software;

/// <summary>Is an RSA private key of fixed primes, whose numbers tests change one by one.</summary>
internal sealed record RsaShape
{
    private static readonly BigInteger FirstPrime = Hex("""
        CDB0BD2E9B991282837FCA318AB9406896F248514E8E6D10AC67CC7C1E70F832C5625163797E8C0C4A6DD71A3995BD0D25936515E3083444F7C984C67E544F73
        12ABB3BF63EB94518B49623B6FB234B61CDE543E609D2D96A16A5F3494E625C8239D18C59F3EDCA8DD5F8921958ADE9DA772AF74BF985188E24B4765AE22E127
        """);

    private static readonly BigInteger SecondPrime = Hex("""
        F36B91C188EA53891DFAAB7FB0661DB6941F61258ED1E3D14D823C558F9CDECAC6CB6FB44DF7F660BF4365E9926F59E89B9AAC33032DC60ECC5EA6DC2448E1F5
        1BA4142EA0E04987C4BDE1D4E83B2CB2E5B25020F5D5790A1BA23BA686D5FB3BBE830EE63272F79C3EC4E3A195FE6B4DCFA6DC2291A7290820C2ADC3D360193D
        """);

    // A prime of 1032 and one of 1016 bits, whose product has 2048.
    private static readonly BigInteger LongPrime = Hex("""
        EE3AAAEF08C932C60532CAAB8A92D04CCD908E67243563034983331EEB82AD7853555029D3EF3325AD4EBEF90E87AFD311FF19123EA468204504CDFEB521138E0
        CB8470674E975C682FE6C606C8A4D000A89B0A64CFF33BE68C3A4A80E16E675335580EDCA8F42121CF1A77DA8FA2FE3FC6C1D3E59048FDA35343FCEAE8CD390E9
        """);

    private static readonly BigInteger ShortPrime = Hex("""
        E82F84A5B68CC806A6100A7373033A4171828D0C85447E092123A5870A4F0C2C63383C31F76DFB2938215B7149EAA9048CB79CD476A0C8CEA8A69C00F52DA07A
        89871CEF230E37D3883E2181DEEA4D8592CA54783440FB1ED66A4C3D0FCDE4962BA69E02403B0CDB1332BC39560BF59E82FE1E4B28A43988D798E17D319AE1
        """);

    private RsaShape(BigInteger p, BigInteger q, BigInteger e)
    {
        (P, Q, E, N) = (p, q, e, p * q);
        Lcm = (p - 1) * (q - 1) / BigInteger.GreatestCommonDivisor(p - 1, q - 1);
        D = Inverse(e, Lcm);
        (Dp, Dq, Coefficient) = (D % (p - 1), D % (q - 1), Inverse(q, p));
    }

    public BigInteger P { get; init; }

    public BigInteger Q { get; init; }

    public BigInteger E { get; init; }

    public BigInteger N { get; init; }

    public BigInteger D { get; init; }

    public BigInteger Dp { get; init; }

    public BigInteger Dq { get; init; }

    public BigInteger Coefficient { get; init; }

    public OtherPrimeInfos? Others { get; init; }

    /// <summary>Gets lcm(p − 1, q − 1).</summary>
    public BigInteger Lcm { get; }

    /// <summary>Makes the key with p greater than q.</summary>
    public static RsaShape Usual(int exponent = 65537) => new(SecondPrime, FirstPrime, exponent);

    /// <summary>Makes the key with p smaller than q.</summary>
    public static RsaShape Swapped() => new(FirstPrime, SecondPrime, 65537);

    /// <summary>Makes a key whose primes differ by 16 bits.</summary>
    public static RsaShape Unbalanced() => new(LongPrime, ShortPrime, 65537);

    /// <summary>Makes a key with a prime of 127 bits.</summary>
    public static RsaShape WithShortPrime() => new(LongPrime * FirstPrime, (BigInteger.One << 127) - 1, 65537);

    public static BigInteger Inverse(BigInteger number, BigInteger modulus)
    {
        var (a, b, x, y) = (number % modulus, modulus, BigInteger.One, BigInteger.Zero);
        while (!b.IsZero)
        {
            var quotient = a / b;
            (a, b) = (b, a - (quotient * b));
            (x, y) = (y, x - (quotient * y));
        }

        return ((x % modulus) + modulus) % modulus;
    }

    /// <summary>Writes the PrivateKeyInfo.</summary>
    public Secret ToPkcs8()
    {
        var key = new RSAPrivateKey
        {
            Version = Others is null ? RSAPrivateKeyVersion.TwoPrime : RSAPrivateKeyVersion.Multi,
            Modulus = N,
            PublicExponent = E,
            PrivateExponent = D,
            Prime1 = P,
            Prime2 = Q,
            Exponent1 = Dp,
            Exponent2 = Dq,
            Coefficient = Coefficient,
            OtherPrimeInfos = Others,
        };
        return Secret.From(new PrivateKeyInfo
        {
            Version = PrivateKeyVersion.V1,
            PrivateKeyAlgorithm = new AlgorithmIdentifier { Algorithm = ObjectIdentifier.Parse(SubjectPublicKeys.RsaEncryption), Parameters = AnyValue.Null },
            PrivateKey = new PrivateKey(new OctetString(key.Encode())),
        }.Encode());
    }

    private static BigInteger Hex(string digits) =>
        BigInteger.Parse("0" + digits.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
