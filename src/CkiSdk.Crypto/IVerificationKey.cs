namespace CkiSdk.Crypto;

/// <summary>Verifies signatures by one public key; keep it, because importing a key costs more than using it.</summary>
public interface IVerificationKey : IDisposable
{
    /// <summary>Gets the signature algorithms that fit the key.</summary>
    IReadOnlyList<SignatureAlgorithm> Algorithms { get; }

    /// <summary>Verifies one signature.</summary>
    /// <param name="algorithm">The algorithm that the signed structure names.</param>
    /// <param name="message">The octets that were signed.</param>
    /// <param name="signature">The signature value.</param>
    /// <returns><see langword="false"/> if the signature is wrong or malformed, or the algorithm does not fit the key.</returns>
    bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
