namespace CkiSdk.Crypto.Software;

/// <summary>Computes c^d mod n with one RSA private key, blinded.</summary>
internal interface IRsaPower : IDisposable
{
    /// <summary>Computes the power of a number below n; both are as long as n.</summary>
    /// <returns>The power, or <see langword="null"/> if the number is not below n.</returns>
    Secret? Compute(ReadOnlySpan<byte> number);
}
