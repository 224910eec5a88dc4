using System.Security.Cryptography;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKIX1PSSOAEPAlgorithms;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Cms.Signatures;

/// <summary>Hashes a content by several functions at once.</summary>
internal sealed class ContentDigests : IDisposable
{
    private readonly Dictionary<DigestAlgorithm, IncrementalHash> _hashes;

    /// <summary>Starts to hash.</summary>
    public ContentDigests(IEnumerable<DigestAlgorithm> algorithms) =>
        _hashes = algorithms.Distinct().ToDictionary(algorithm => algorithm, algorithm => IncrementalHash.CreateHash(algorithm.FrameworkName()));

    /// <summary>Gives the identifier of a hash function, without parameters (RFC 5754 §2).</summary>
    public static AlgorithmIdentifier IdentifierOf(DigestAlgorithm algorithm) => new()
    {
        Algorithm = algorithm switch
        {
            DigestAlgorithm.Sha384 => PKIX1PSSOAEPAlgorithmsValues.IdSha384,
            DigestAlgorithm.Sha512 => PKIX1PSSOAEPAlgorithmsValues.IdSha512,
            DigestAlgorithm.Sha1 => PKIX1PSSOAEPAlgorithmsValues.IdSha1,
            _ => PKIX1PSSOAEPAlgorithmsValues.IdSha256,
        },
    };

    /// <summary>Finds a hash function; its parameters are absent or NULL.</summary>
    public static DigestAlgorithm? Find(AlgorithmIdentifier identifier)
    {
        if (identifier.Parameters is { } parameters && parameters != Asn1.AnyValue.Null)
            return null;
        foreach (var algorithm in Enum.GetValues<DigestAlgorithm>())
        {
            if (identifier.Algorithm == IdentifierOf(algorithm).Algorithm)
                return algorithm;
        }

        return null;
    }

    /// <summary>Computes the hash of octets in memory.</summary>
    public static byte[] Compute(DigestAlgorithm algorithm, ReadOnlySpan<byte> octets) => CryptographicOperations.HashData(algorithm.FrameworkName(), octets);

    /// <summary>Takes the next piece of the content.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        foreach (var hash in _hashes.Values)
            hash.AppendData(piece);
    }

    /// <summary>Gives a hash of the whole content; null for a function that was not named at the start.</summary>
    public byte[]? FindResult(DigestAlgorithm algorithm) => _hashes.TryGetValue(algorithm, out var hash) ? hash.GetCurrentHash() : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var hash in _hashes.Values)
            hash.Dispose();
    }
}
