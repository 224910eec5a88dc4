using System.Runtime.InteropServices;
using CkiSdk.Pki.Names;

namespace CkiSdk.Transports.Kestrel.Listening;

/// <summary>Counts the connections of each client, or his requests, so that one cannot take those of all.</summary>
internal sealed class ClientConnections(int limit)
{
    private readonly Dictionary<DistinguishedName, int> _open = [];
    private readonly Lock _lock = new();

    /// <summary>Counts one more, unless the client has as many as he may have.</summary>
    public bool TryAdd(DistinguishedName client)
    {
        lock (_lock)
        {
            if (_open.GetValueOrDefault(client) >= limit) return false;
            CollectionsMarshal.GetValueRefOrAddDefault(_open, client, out _)++;
            return true;
        }
    }

    /// <summary>Counts one less.</summary>
    public void Remove(DistinguishedName client)
    {
        lock (_lock)
        {
            if (--_open[client] == 0) _open.Remove(client);
        }
    }
}
