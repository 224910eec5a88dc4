using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace CkiSdk.Crypto.Software;

/// <summary>Computes by BouncyCastle where libcrypto is absent: blinded, but not in constant time.</summary>
internal sealed class BouncyCastleRsaPower : IRsaPower
{
    private readonly RsaBlindedEngine _engine = new();
    private readonly byte[] _modulus;

    public BouncyCastleRsaPower(RsaPrivateNumbers key)
    {
        _modulus = key.Modulus.Span.TrimStart((byte)0).ToArray();
        _engine.Init(forEncryption: false, new RsaPrivateCrtKeyParameters(
            Number(key.Modulus), Number(key.PublicExponent), Number(key.PrivateExponent), Number(key.Prime1), Number(key.Prime2), Number(key.Exponent1), Number(key.Exponent2), Number(key.Coefficient)));
    }

    /// <inheritdoc/>
    public Secret? Compute(ReadOnlySpan<byte> number)
    {
        if (number.Length != _modulus.Length || number.SequenceCompareTo(_modulus) >= 0)
            return null;
        byte[] power;
        lock (_engine)
            power = _engine.ProcessBlock(number.ToArray(), 0, number.Length);
        var result = new Secret(_modulus.Length);
        power.CopyTo(result.Span[^power.Length..]);
        CryptographicOperations.ZeroMemory(power);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The library's numbers are immutable and cannot be zeroed: one more reason why this is the second choice.
    }

    private static BigInteger Number(ReadOnlyMemory<byte> octets) => new(sign: 1, octets.Span);
}
