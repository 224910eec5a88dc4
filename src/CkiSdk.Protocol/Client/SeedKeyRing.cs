using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Client;

/// <summary>Holds a user's seed keys by identifier and exact name (profile section 1.2).</summary>
internal sealed class SeedKeyRing : IDisposable
{
    private readonly Dictionary<string, SeedKey> _keys = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Keeps a key; its octets under the same identifier are the same for ever, only what else is said of it may change.</summary>
    /// <exception cref="CkiProtocolException">Other octets are known under the identifier.</exception>
    public void Add(SeedKey key)
    {
        var index = Index(key.Identifier.Span, key.User.Encoded.Span);
        lock (_gate)
        {
            if (_keys.TryGetValue(index, out var old) && !old.Key.FixedTimeEquals(key.Key.Span))
            {
                throw new CkiProtocolException("seedKey: another key is known under the same identifier (profile section 1.1).");
            }

            _keys[index] = key;
            old?.Dispose();
        }
    }

    /// <summary>Returns a key, with a copy of the octets that the caller disposes of; null where the identifier is unknown for this name.</summary>
    public SeedKey? Find(ReadOnlySpan<byte> identifier, ReadOnlySpan<byte> user)
    {
        lock (_gate)
        {
            return _keys.TryGetValue(Index(identifier, user), out var key) ? key with { Key = key.Key.Copy() } : null;
        }
    }

    /// <summary>Copies all keys; the caller disposes of them.</summary>
    public IReadOnlyList<SeedKey> Copy()
    {
        lock (_gate)
        {
            return [.. _keys.Values.Select(key => key with { Key = key.Key.Copy() })];
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

    private static string Index(ReadOnlySpan<byte> identifier, ReadOnlySpan<byte> user) => $"{Convert.ToHexString(identifier)} {Convert.ToHexString(user)}";
}
