using System.Collections.Concurrent;
using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Computes by OpenSSL's libcrypto, in constant time (<c>BN_mod_exp_mont_consttime</c>).</summary>
/// <remarks>
/// What remains visible is whether the leading machine word of an exponent is zero: one in 2^32 or fewer exponents, which then have that many bits less.
/// </remarks>
public sealed class LibCryptoDiffieHellman : IDiffieHellman
{
    private const int LeastAtOnce = 3; // eight at once take as long as two, one after the other
    private readonly ConcurrentDictionary<DhGroup, LibCryptoGroup> _groups = new();

    /// <summary>Takes libcrypto into use.</summary>
    /// <exception cref="CryptoProviderException">The library is absent: see <see cref="IsAvailable"/>.</exception>
    public LibCryptoDiffieHellman()
    {
        if (!IsAvailable)
            throw new CryptoProviderException("OpenSSL's libcrypto was not found.");
    }

    /// <summary>Gets whether libcrypto was found on this machine.</summary>
    public static bool IsAvailable => LibCrypto.IsAvailable;

    /// <inheritdoc/>
    public bool IsConstantTime => true;

    /// <inheritdoc/>
    public byte[] PublicValue(DhGroup group, ReadOnlySpan<byte> exponent)
    {
        DhRanges.RequireExponent(group, exponent);
        var y = new byte[group.Length];
        For(group).Power(exponent, y);
        return y;
    }

    /// <inheritdoc/>
    public int PublicValuesAtOnce => LaneMultiplication.IsSupported ? LaneMultiplication.Count : 1;

    /// <inheritdoc/>
    public byte[][] PublicValues(DhGroup group, ReadOnlySpan<byte> exponents)
    {
        ArgumentNullException.ThrowIfNull(group);
        var values = new byte[group.CountExponents(exponents)][];
        for (var i = 0; i < values.Length; i++)
        {
            DhRanges.RequireExponent(group, ExponentAt(group, exponents, i));
            values[i] = new byte[group.Length];
        }

        var computing = For(group);
        for (var first = 0; first < values.Length; first += LaneMultiplication.Count)
        {
            var count = Math.Min(LaneMultiplication.Count, values.Length - first);
            if (count >= LeastAtOnce && LaneMultiplication.IsSupported)
                computing.Powers(exponents.Slice(first * group.ExponentLength, count * group.ExponentLength), values.AsSpan(first, count));
            else
                for (var i = first; i < first + count; i++)
                    computing.Power(ExponentAt(group, exponents, i), values[i]);
        }

        return values;
    }

    /// <inheritdoc/>
    public Secret Agree(DhGroup group, Secret exponent, ReadOnlySpan<byte> publicValue)
    {
        ArgumentNullException.ThrowIfNull(exponent);
        DhRanges.RequireExponent(group, exponent.Span);
        if (!IsValidPublicValue(group, publicValue))
            throw new CryptoProviderException(CryptoError.InvalidPublicValue, "The peer's public value is not in the subgroup.");
        var z = new Secret(group.Length);
        try
        {
            For(group).Power(publicValue, exponent.Span, z.Span);
            return z;
        }
        catch
        {
            z.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool IsValidPublicValue(DhGroup group, ReadOnlySpan<byte> publicValue) =>
        DhRanges.IsPublicValueInRange(group, publicValue) && For(group).IsSquare(publicValue);

    /// <inheritdoc/>
    public bool IsSafePrime(ReadOnlySpan<byte> p)
    {
        using var number = NumberHandle.From(p);
        using var half = new NumberHandle();
        LibCryptoStatus.Require(LibCrypto.ShiftRight(half, number)); // p is odd: (p − 1)/2
        using var scratch = new ScratchHandle();
        return Primality.IsPrime(half, scratch) && Primality.IsPrime(number, scratch);
    }

    private static ReadOnlySpan<byte> ExponentAt(DhGroup group, ReadOnlySpan<byte> exponents, int index) => exponents.Slice(index * group.ExponentLength, group.ExponentLength);

    private LibCryptoGroup For(DhGroup group) => _groups.GetOrAdd(group, static g => new LibCryptoGroup(g));
}
