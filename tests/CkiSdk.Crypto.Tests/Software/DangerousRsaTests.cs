using System.Numerics;
using System.Security.Cryptography;
using CkiSdk.Crypto.Software;

using static CkiSdk.Crypto.Tests.Numbers;

namespace CkiSdk.Crypto.Tests.Software;

/// <summary>Shows the arithmetic of textbooks: "hi" = 26729 under n = 37837, e = 65537, d = 40193.</summary>
public sealed class DangerousRsaTests
{
    private const int Modulus = 37837;
    private const int PublicExponent = 65537;
    private const int PrivateExponent = 40193;

    [Theory]
    [InlineData("encrypt 26729", 26729, PublicExponent, 36784)]
    [InlineData("decrypt 36784", 36784, PrivateExponent, 26729)]
    [InlineData("sign 12345", 12345, PrivateExponent, 3293)]
    [InlineData("verify 3293", 3293, PublicExponent, 12345)]
    [InlineData("zero", 0, PrivateExponent, 0)]
    [InlineData("one", 1, PrivateExponent, 1)]
    public void DangerousPower_Computes_TheTextbook(string description, int number, int exponent, int expected)
    {
        Assert.NotEmpty(description);
        using var m = Secret.From(Octets(number));
        using var x = Secret.From(Octets(exponent));
        using var result = DangerousRsa.DangerousPower(m, x, Octets(Modulus));
        Assert.Equal(2, result.Length);
        Assert.Equal(expected, Number(result.Span));
    }

    [Fact]
    public void DangerousPower_Refuses_BadModuliAndNumbers()
    {
        using var one = SecretOf("01");
        using var large = Secret.From(Octets(Modulus));
        Assert.Throws<ArgumentException>(() => DangerousRsa.DangerousPower(one, one, Octets(Modulus - 1)));
        Assert.Throws<ArgumentException>(() => DangerousRsa.DangerousPower(one, one, [0]));
        Assert.Throws<ArgumentException>(() => DangerousRsa.DangerousPower(one, one, [1]));
        Assert.Throws<ArgumentException>(() => DangerousRsa.DangerousPower(one, one, []));
        Assert.Throws<ArgumentException>(() => DangerousRsa.DangerousPower(large, one, Octets(Modulus)));
    }

    [Fact]
    public void DangerousPrivatePower_IsUndone_ByThePublicExponent()
    {
        using var pkcs8 = SoftwareKeys.GenerateRsa(2048);
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8.Span, out _);
        var n = Number(rsa.ExportParameters(includePrivateParameters: false).Modulus);
        var number = Padded(n / 3, 256);
        using var power = DangerousRsa.DangerousPrivatePower(pkcs8, number);
        Assert.Equal(n / 3, BigInteger.ModPow(Number(power!.Span), PublicExponent, n));
        Assert.Null(DangerousRsa.DangerousPrivatePower(pkcs8, Padded(n, 256)));
    }

    [Fact]
    public void GenerateRsa_Takes_OtherExponents()
    {
        using var pkcs8 = SoftwareKeys.GenerateRsa(2048, [1, 0, 3]);
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8.Span, out _);
        Assert.Equal([1, 0, 3], rsa.ExportParameters(includePrivateParameters: false).Exponent);
        foreach (var wrong in new byte[][] { [], [3], [1, 0, 0], [1, 0, 2], new byte[33].Select(_ => (byte)0xFF).ToArray() })
            Assert.Throws<ArgumentOutOfRangeException>(() => SoftwareKeys.GenerateRsa(2048, wrong));
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftwareKeys.GenerateRsa(1024, [1, 0, 1]));
    }

    [Fact]
    public void TextbookKey_IsRefused_ForUse()
    {
        var finding = RsaKeyRules.Check(Octets(Modulus), Octets(PublicExponent));
        Assert.Equal(CryptoError.WeakKey, finding!.Code);
        Assert.Contains("16 bits", finding.Reason, StringComparison.Ordinal);
    }
}
