using System.Collections.Concurrent;
using CkiSdk.Asn1;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Paths;

/// <summary>Keeps the keys of anchors between validations, because importing a key costs as much as using it.</summary>
/// <param name="provider">What imports.</param>
/// <param name="allowed">The old algorithms that are accepted.</param>
internal sealed class ImportedKeys(CryptoProvider provider, LegacyAlgorithms allowed)
{
    private readonly ConcurrentDictionary<OctetString, ImportedKey?> _kept = new();

    /// <summary>Marks a key as one to keep.</summary>
    public void Keep(ReadOnlyMemory<byte> subjectPublicKeyInfo) => _kept.TryAdd(subjectPublicKeyInfo, null);

    /// <summary>Finds a key that is kept, and imports it on first use; null for any other.</summary>
    public ImportedKey? Find(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        OctetString octets = subjectPublicKeyInfo;
        if (!_kept.TryGetValue(octets, out var key) || key is not null)
            return key;
        var imported = Import(subjectPublicKeyInfo.Span);
        return _kept.TryUpdate(octets, imported, null) ? imported : _kept[octets];
    }

    /// <summary>Imports a key for once.</summary>
    public ImportedKey Import(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        provider.PublicKeys.TryImportVerificationKey(subjectPublicKeyInfo, allowed, out var key, out var error) ? new(key, error) : new(null, error);
}
