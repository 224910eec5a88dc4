namespace CkiSdk.Protocol.Storage;

/// <summary>Keeps interoperability keys, generations of seed keys and domain keys.</summary>
public interface IKeyStore
{
    /// <summary>Lists all interoperability keys, the earliest start first, and of those with the same start the one added first.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<StoredInteroperabilityKey>> ListInteroperabilityKeysAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns the generation of a user's seed key under an interoperability key (profile section 1.2); 0 where none was ever set.</summary>
    /// <param name="myReference">The key's reference.</param>
    /// <param name="canonicalName">The user's name in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<long> GenerationAsync(string myReference, string canonicalName, CancellationToken cancellationToken = default);

    /// <summary>Lists the keys of pairs of domains in which a CMA has part, and of its domain alone, the earliest start first.</summary>
    /// <param name="cma">The CMA in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<PairKey>> ListPairKeysAsync(string cma, CancellationToken cancellationToken = default);

    /// <summary>Lists the domain certificates with their keys, the first added first.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<StoredDomainKey>> ListDomainKeysAsync(CancellationToken cancellationToken = default);
}
