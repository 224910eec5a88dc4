namespace CkiSdk.Crypto;

/// <summary>Computes in the multiplicative groups of <see cref="DhGroup"/>; all values are big-endian.</summary>
public interface IDiffieHellman
{
    /// <summary>Gets whether the time of an exponentiation is independent of the exponent; if not, it is no choice for a CMA's keys.</summary>
    bool IsConstantTime { get; }

    /// <summary>Computes y = g^x mod p.</summary>
    /// <param name="group">The group.</param>
    /// <param name="exponent">x, 1 ≤ x &lt; q; it stays the caller's, who zeroes it.</param>
    /// <returns>y, left-padded to the length of p.</returns>
    /// <exception cref="CryptoProviderException">The exponent is out of range, or the library failed.</exception>
    byte[] PublicValue(DhGroup group, ReadOnlySpan<byte> exponent);

    /// <summary>Gets how many public values <see cref="PublicValues"/> computes together, which takes much less time than one after the other; at least 1, where nothing is gained.</summary>
    int PublicValuesAtOnce => 1;

    /// <summary>Computes y = g^x mod p for several exponents, any number of them.</summary>
    /// <param name="group">The group.</param>
    /// <param name="exponents">The exponents one after the other, each big-endian and <see cref="DhGroup.ExponentLength"/> octets long, 1 ≤ x &lt; q; they stay the caller's, who zeroes them.</param>
    /// <returns>The values in their order, each left-padded to the length of p.</returns>
    /// <exception cref="ArgumentException">The last exponent is not whole.</exception>
    /// <exception cref="CryptoProviderException">An exponent is out of range, or the library failed.</exception>
    byte[][] PublicValues(DhGroup group, ReadOnlySpan<byte> exponents)
    {
        ArgumentNullException.ThrowIfNull(group);
        var values = new byte[group.CountExponents(exponents)][];
        for (var i = 0; i < values.Length; i++)
            values[i] = PublicValue(group, exponents.Slice(i * group.ExponentLength, group.ExponentLength));
        return values;
    }

    /// <summary>Computes Z = y^x mod p after checking y as <see cref="IsValidPublicValue"/> does.</summary>
    /// <param name="group">The group.</param>
    /// <param name="exponent">x, 1 ≤ x &lt; q.</param>
    /// <param name="publicValue">The peer's y.</param>
    /// <returns>Z, left-padded to the length of p.</returns>
    /// <exception cref="CryptoProviderException">y or the exponent is out of range, or the library failed.</exception>
    Secret Agree(DhGroup group, Secret exponent, ReadOnlySpan<byte> publicValue);

    /// <summary>Checks a received public value: 2 ≤ y ≤ p − 2 and y in the subgroup of order q.</summary>
    /// <remarks>p is a safe prime, so that the Jacobi symbol (y/p) = 1 says the same as y^q = 1.</remarks>
    /// <param name="group">The group.</param>
    /// <param name="publicValue">The peer's y, at most as long as p.</param>
    /// <returns>Whether the value may be used.</returns>
    bool IsValidPublicValue(DhGroup group, ReadOnlySpan<byte> publicValue);

    /// <summary>Tests whether p and (p − 1)/2 are both prime; this may take many seconds.</summary>
    /// <param name="p">The odd modulus.</param>
    /// <returns>Whether p is a safe prime, wrong with a probability below 2^-100.</returns>
    bool IsSafePrime(ReadOnlySpan<byte> p);
}
