using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.Scrypt0;
using CkiSdk.Pki.Algorithms;

namespace CkiSdk.Pki.Keys;

/// <summary>Says how a key file is encrypted: PBES2 with AES-256-CBC, and one of two key derivations.</summary>
public sealed class KeyProtection
{
    private readonly int _iterations;
    private readonly int _cost;
    private readonly int _blockSize;
    private readonly int _parallelization;

    private KeyProtection(int iterations, int cost, int blockSize, int parallelization) =>
        (_iterations, _cost, _blockSize, _parallelization) = (iterations, cost, blockSize, parallelization);

    /// <summary>Gets PBKDF2 with HMAC-SHA-256 and 600,000 iterations.</summary>
    public static KeyProtection Default { get; } = Pbkdf2(600_000);

    /// <summary>Gets scrypt with N = 2^14, r = 8, p = 5: 16 MiB, as much as OpenSSL reads without being told to.</summary>
    public static KeyProtection Scrypt { get; } = ByScrypt(1 << 14, 8, 5);

    /// <summary>Makes PBKDF2 with HMAC-SHA-256.</summary>
    /// <param name="iterations">The iterations, at least 1.</param>
    /// <returns>The protection.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    public static KeyProtection Pbkdf2(int iterations)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(iterations);
        return new KeyProtection(iterations, 0, 0, 0);
    }

    /// <summary>Makes scrypt (RFC 7914 §2).</summary>
    /// <param name="cost">N, a power of two above 1.</param>
    /// <param name="blockSize">r.</param>
    /// <param name="parallelization">p.</param>
    /// <returns>The protection.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static KeyProtection ByScrypt(int cost, int blockSize, int parallelization)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(System.Numerics.BitOperations.IsPow2(cost), true, nameof(cost));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blockSize);
        if (blockSize == 1)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cost, 1 << 16); // RFC 7914 2: below 2^(16·r)
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parallelization);
        return new KeyProtection(0, cost, blockSize, parallelization);
    }

    internal AlgorithmIdentifier MakeParameters(byte[] salt) => _iterations > 0
        ? Pbkdf2Parameters.Make(salt, _iterations)
        : new()
        {
            Algorithm = Scrypt0Values.IdScrypt,
            Parameters = AnyValue.From(new ScryptParams { Salt = salt, CostParameter = _cost, BlockSize = _blockSize, ParallelizationParameter = _parallelization }),
        };
}
