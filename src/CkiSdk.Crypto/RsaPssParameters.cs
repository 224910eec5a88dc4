namespace CkiSdk.Crypto;

/// <summary>Holds the parameters of RSASSA-PSS (RFC 8017 §9.1, RFC 4055 §3.1); the trailer is always 0xBC.</summary>
/// <param name="Hash">The hash function of the message.</param>
/// <param name="MaskHash">The hash function of MGF1.</param>
/// <param name="SaltLength">The exact length of the salt in octets.</param>
public sealed record RsaPssParameters(DigestAlgorithm Hash, DigestAlgorithm MaskHash, int SaltLength);
