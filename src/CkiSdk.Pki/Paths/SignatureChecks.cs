using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Pki.Algorithms;

namespace CkiSdk.Pki.Paths;

/// <summary>Verifies signatures of one validation: each pair of structure and key once, and no more of them than is allowed.</summary>
/// <param name="keys">The keys that were imported before.</param>
/// <param name="most">How many signatures may be verified.</param>
internal sealed class SignatureChecks(ImportedKeys keys, int most) : IDisposable
{
    private readonly Dictionary<OctetString, ImportedKey> _imported = [];
    private readonly Dictionary<(object Structure, ImportedKey Key), SignatureFault?> _verified = [];

    /// <summary>Gets whether signatures were left unverified because there were too many.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Verifies a signature.</summary>
    /// <param name="structure">What was signed, an object that stands for it.</param>
    /// <param name="toBeSigned">The octets that were signed.</param>
    /// <param name="algorithm">The algorithm that the structure names.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="subjectPublicKeyInfo">The signer's key.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public SignatureFault? Verify(
        object structure, ReadOnlySpan<byte> toBeSigned, AlgorithmIdentifier algorithm, BitString signature, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        if (Find(subjectPublicKeyInfo) is not { } key)
            return TooMany();
        if (_verified.TryGetValue((structure, key), out var known))
            return known;
        if (_verified.Count >= most)
            return TooMany();
        var fault = Verify(key, toBeSigned, algorithm, signature);
        _verified[(structure, key)] = fault;
        return fault;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _imported.Values)
            key.Dispose();
    }

    private static SignatureFault? Verify(ImportedKey key, ReadOnlySpan<byte> toBeSigned, AlgorithmIdentifier identifier, BitString signature)
    {
        if (key.Key is not { } imported)
            return new(ReasonCode.RefusedKey, $"is made by a key that is refused: {key.Error}");
        if (!SignatureIdentifiers.TryFind(identifier, out var algorithm))
            return new(ReasonCode.RefusedAlgorithm, $"is of an unknown algorithm, {identifier.Algorithm}");
        if (!imported.Algorithms.Contains(algorithm))
            return new(ReasonCode.RefusedAlgorithm, $"is of an algorithm that is not accepted by this key, {algorithm}");
        return signature.UnusedBits == 0 && imported.Verify(algorithm, toBeSigned, signature.Octets.Span)
            ? null
            : new(ReasonCode.BadSignature, "is not that of the issuer's key");
    }

    private SignatureFault TooMany()
    {
        IsExhausted = true;
        return new(ReasonCode.TooMuchWork, "is one of too many");
    }

    // Importing a key costs as much as a verification, so no more keys are imported than signatures verified: then the answer is null.
    private ImportedKey? Find(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        if (keys.Find(subjectPublicKeyInfo) is { } kept)
            return kept;
        var octets = (OctetString)subjectPublicKeyInfo;
        if (!_imported.TryGetValue(octets, out var key) && _imported.Count < most)
            _imported[octets] = key = keys.Import(subjectPublicKeyInfo.Span);
        return key;
    }
}
