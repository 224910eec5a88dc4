using System.Security.Cryptography;
using CkiSdk.Crypto.Software.Native;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace CkiSdk.Crypto.Software;

/// <summary>Computes m^e mod n for a secret m.</summary>
internal static class RsaPublicPower
{
    /// <summary>Computes the power; m is as long as n and below it.</summary>
    public static byte[] Compute(RSAParameters key, Secret number)
    {
        var power = new byte[key.Modulus!.Length];
        if (LibCrypto.IsAvailable)
            ByLibCrypto(key, number, power);
        else
            ByBouncyCastle(key, number, power);
        return power;
    }

    private static void ByLibCrypto(RSAParameters key, Secret number, byte[] power)
    {
        using var modulus = NumberHandle.From(key.Modulus);
        using var exponent = NumberHandle.From(key.Exponent);
        using var message = NumberHandle.FromSecret(number);
        using var result = new NumberHandle();
        using var scratch = new ScratchHandle();
        using var montgomery = new MontgomeryHandle(modulus);
        LibCryptoStatus.Require(LibCrypto.Power(result, message, exponent, modulus, scratch, montgomery));
        result.WriteTo(power);
    }

    private static void ByBouncyCastle(RSAParameters key, Secret number, byte[] power)
    {
        var engine = new RsaEngine();
        engine.Init(forEncryption: true, new RsaKeyParameters(isPrivate: false, new BigInteger(1, key.Modulus!), new BigInteger(1, key.Exponent!)));
        var result = engine.ProcessBlock(number.Span.ToArray(), 0, number.Length);
        result.CopyTo(power.AsSpan(power.Length - result.Length));
    }
}
