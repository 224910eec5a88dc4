namespace CkiSdk.Pki.Keys;

/// <summary>Limits the work that a key file can ask for: whoever wrote the file chose the iterations.</summary>
public sealed record KeyFileLimits
{
    /// <summary>Gets the limits of whoever has no opinion.</summary>
    public static KeyFileLimits Default { get; } = new();

    /// <summary>Gets the longest file in octets: 1 MiB.</summary>
    public int MaxLength { get; init; } = 1 << 20;

    /// <summary>Gets the most iterations of PBKDF2, PBKDF1 and the derivation of PKCS #12: 10 million, some seconds.</summary>
    public int MaxIterations { get; init; } = 10_000_000;

    /// <summary>Gets the most memory of scrypt, 128·N·r octets: 256 MiB.</summary>
    public long MaxScryptMemory { get; init; } = 256L << 20;

    /// <summary>Gets the most work of scrypt, N·r·p: 2^26, some tens of seconds.</summary>
    public long MaxScryptWork { get; init; } = 1L << 26;
}
