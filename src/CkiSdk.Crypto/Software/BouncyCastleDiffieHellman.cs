using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace CkiSdk.Crypto.Software;

/// <summary>Computes by BouncyCastle where libcrypto is absent: slower, and not in constant time.</summary>
public sealed class BouncyCastleDiffieHellman : IDiffieHellman
{
    private const int Certainty = 128;

    /// <inheritdoc/>
    public bool IsConstantTime => false;

    /// <inheritdoc/>
    public byte[] PublicValue(DhGroup group, ReadOnlySpan<byte> exponent)
    {
        DhRanges.RequireExponent(group, exponent);
        var y = new byte[group.Length];
        Power(group, group.G.Span, exponent, y);
        return y;
    }

    /// <inheritdoc/>
    public Secret Agree(DhGroup group, Secret exponent, ReadOnlySpan<byte> publicValue)
    {
        ArgumentNullException.ThrowIfNull(exponent);
        DhRanges.RequireExponent(group, exponent.Span);
        if (!IsValidPublicValue(group, publicValue))
            throw new CryptoProviderException(CryptoError.InvalidPublicValue, "The peer's public value is not in the subgroup.");
        var z = new Secret(group.Length);
        Power(group, publicValue, exponent.Span, z.Span);
        return z;
    }

    /// <inheritdoc/>
    public bool IsValidPublicValue(DhGroup group, ReadOnlySpan<byte> publicValue)
    {
        if (!DhRanges.IsPublicValueInRange(group, publicValue))
            return false;
        return Number(publicValue).ModPow(Number(group.Q.Span), Number(group.P.Span)).Equals(BigInteger.One);
    }

    /// <inheritdoc/>
    public bool IsSafePrime(ReadOnlySpan<byte> p)
    {
        var number = Number(p);
        return number.ShiftRight(1).IsProbablePrime(Certainty) && number.IsProbablePrime(Certainty);
    }

    // The library's numbers are immutable and cannot be zeroed: one more reason why this is the second choice.
    private static void Power(DhGroup group, ReadOnlySpan<byte> number, ReadOnlySpan<byte> exponent, Span<byte> destination)
    {
        var result = Number(number).ModPow(Number(exponent), Number(group.P.Span));
        destination.Clear();
        var length = result.GetLengthofByteArrayUnsigned();
        result.ToByteArrayUnsigned(destination[^length..]);
    }

    private static BigInteger Number(ReadOnlySpan<byte> octets) => new(sign: 1, octets);
}
