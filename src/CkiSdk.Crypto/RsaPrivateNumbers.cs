namespace CkiSdk.Crypto;

/// <summary>Holds the numbers of an RSA private key (RFC 8017 A.1.2), big-endian; leading zeros do not matter.</summary>
public sealed class RsaPrivateNumbers
{
    /// <summary>Gets n.</summary>
    public required ReadOnlyMemory<byte> Modulus { get; init; }

    /// <summary>Gets e.</summary>
    public required ReadOnlyMemory<byte> PublicExponent { get; init; }

    /// <summary>Gets d.</summary>
    public required ReadOnlyMemory<byte> PrivateExponent { get; init; }

    /// <summary>Gets p.</summary>
    public required ReadOnlyMemory<byte> Prime1 { get; init; }

    /// <summary>Gets q.</summary>
    public required ReadOnlyMemory<byte> Prime2 { get; init; }

    /// <summary>Gets d mod (p − 1).</summary>
    public required ReadOnlyMemory<byte> Exponent1 { get; init; }

    /// <summary>Gets d mod (q − 1).</summary>
    public required ReadOnlyMemory<byte> Exponent2 { get; init; }

    /// <summary>Gets the inverse of q modulo p.</summary>
    public required ReadOnlyMemory<byte> Coefficient { get; init; }
}
