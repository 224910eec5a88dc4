namespace CkiSdk.Crypto;

/// <summary>Verifies RSASSA-PSS signatures with parameters other than those of <see cref="SignatureAlgorithm"/>.</summary>
public interface IPssVerificationKey : IVerificationKey
{
    /// <summary>Verifies one signature (RFC 8017 §8.1.2).</summary>
    /// <param name="parameters">The parameters that the signed structure or the key names.</param>
    /// <param name="message">The octets that were signed.</param>
    /// <param name="signature">The signature value.</param>
    /// <returns><see langword="false"/> if the signature is wrong or malformed.</returns>
    bool VerifyPss(RsaPssParameters parameters, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
