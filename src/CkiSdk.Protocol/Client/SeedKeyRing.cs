using CkiSdk.Crypto;

namespace CkiSdk.Protocol.Client;

/// <summary>Holds a user's seed keys by their identifiers (profile section 1.2).</summary>
internal sealed class SeedKeyRing : IDisposable
{
    private readonly Dictionary<string, Messages.SeedKey> _keys = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Keeps a key; one with the same identifier is replaced.</summary>
    public void Add(Messages.SeedKey key)
    {
        lock (_gate)
        {
            _keys.Remove(Index(key.Identifier.Span), out var old);
            _keys.Add(Index(key.Identifier.Span), key);
            old?.Dispose();
        }
    }

    /// <summary>Returns a copy of a key's octets; null where the identifier is unknown.</summary>
    public Secret? Find(ReadOnlySpan<byte> identifier)
    {
        lock (_gate)
        {
            return _keys.TryGetValue(Index(identifier), out var key) ? key.Key.Copy() : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var key in _keys.Values)
            {
                key.Dispose();
            }

            _keys.Clear();
        }
    }

    private static string Index(ReadOnlySpan<byte> identifier) => Convert.ToHexString(identifier);
}
