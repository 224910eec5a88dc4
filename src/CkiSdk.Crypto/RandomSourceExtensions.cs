namespace CkiSdk.Crypto;

/// <summary>Draws public random values such as nonces, references and serial numbers.</summary>
public static class RandomSourceExtensions
{
    /// <summary>Draws random octets that need not stay secret; for secrets use <see cref="Secret.Random"/>.</summary>
    /// <param name="source">Where the octets come from.</param>
    /// <param name="length">How many octets.</param>
    /// <returns>The octets.</returns>
    public static byte[] Octets(this IRandomSource source, int length)
    {
        ArgumentNullException.ThrowIfNull(source);
        var octets = new byte[length];
        source.Fill(octets);
        return octets;
    }
}
