namespace CkiSdk.Crypto;

/// <summary>Computes with exponents that are held as a <see cref="Secret"/>.</summary>
public static class DiffieHellmanExtensions
{
    /// <summary>Computes y = g^x mod p.</summary>
    /// <param name="arithmetic">What computes.</param>
    /// <param name="group">The group.</param>
    /// <param name="exponent">x, 1 ≤ x &lt; q.</param>
    /// <returns>y, left-padded to the length of p.</returns>
    /// <exception cref="CryptoProviderException">The exponent is out of range, or the library failed.</exception>
    public static byte[] PublicValue(this IDiffieHellman arithmetic, DhGroup group, Secret exponent)
    {
        ArgumentNullException.ThrowIfNull(arithmetic);
        ArgumentNullException.ThrowIfNull(exponent);
        return arithmetic.PublicValue(group, exponent.Span);
    }
}
