using System.Buffers.Binary;
using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Pki.Names;

namespace CkiSdk.Transports.Kestrel.Tcp;

/// <summary>Keeps the requests whose answers are waiting, under references that belong to the client that sent them.</summary>
/// <param name="limit">How many are kept for each client.</param>
internal sealed class WaitingRequests(int limit)
{
    private readonly Dictionary<DistinguishedName, List<(uint Reference, OctetString Request)>> _clients = [];
    private readonly Lock _lock = new();

    /// <summary>Keeps a request and returns its reference; the same request keeps its reference.</summary>
    public uint Add(DistinguishedName client, ReadOnlyMemory<byte> request)
    {
        lock (_lock)
        {
            if (!_clients.TryGetValue(client, out var waiting)) _clients.Add(client, waiting = []);
            var known = waiting.FindIndex(entry => entry.Request == request);
            if (known >= 0) return waiting[known].Reference;

            var reference = NewReference(waiting);
            if (waiting.Count >= limit) waiting.RemoveAt(0);
            waiting.Add((reference, request));
            return reference;
        }
    }

    /// <summary>Finds the request of a reference, or null.</summary>
    public ReadOnlyMemory<byte>? Find(DistinguishedName client, uint reference)
    {
        lock (_lock)
        {
            var found = _clients.GetValueOrDefault(client)?.FindIndex(entry => entry.Reference == reference) ?? -1;
            return found < 0 ? default(ReadOnlyMemory<byte>?) : _clients[client][found].Request.Memory;
        }
    }

    /// <summary>Forgets a request that has been answered.</summary>
    public void Remove(DistinguishedName client, ReadOnlyMemory<byte> request)
    {
        lock (_lock)
        {
            if (!_clients.TryGetValue(client, out var waiting)) return;
            waiting.RemoveAll(entry => entry.Request == request);
            if (waiting.Count == 0) _clients.Remove(client);
        }
    }

    // Random, so that a reference from before a restart finds nothing, rather than another request; 0 asks for announcements.
    private static uint NewReference(List<(uint Reference, OctetString Request)> waiting)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        while (true)
        {
            RandomNumberGenerator.Fill(octets);
            var reference = BinaryPrimitives.ReadUInt32BigEndian(octets);
            if (reference != 0 && waiting.TrueForAll(entry => entry.Reference != reference)) return reference;
        }
    }
}
