using System.Diagnostics.CodeAnalysis;

namespace CkiSdk.Asn1;

/// <summary>Holds the types that a program adds to the object set of an open type; generated unions have one each.</summary>
/// <remarks>Any number of threads may read while one adds; what was added is seen by the reads that begin afterwards.</remarks>
/// <typeparam name="TKey">The type of the selector, a tuple where there are several.</typeparam>
/// <typeparam name="TUnion">The generated union.</typeparam>
public sealed class OpenTypeRegistry<TKey, TUnion>
    where TKey : notnull
{
    private readonly Lock _adding = new();
    private volatile Dictionary<TKey, (Type Type, DerDecoder<TUnion> Decoder)>? _objects;

    /// <summary>Adds a type; adding it again changes nothing.</summary>
    /// <param name="key">The selector that stands for it.</param>
    /// <param name="type">The type of the values.</param>
    /// <param name="decoder">Reads a value.</param>
    /// <exception cref="ArgumentException">Another type was added for the key.</exception>
    public void Add(TKey key, Type type, DerDecoder<TUnion> decoder)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(decoder);
        lock (_adding)
        {
            if (_objects is { } known && known.TryGetValue(key, out var before))
            {
                if (before.Type != type)
                    throw new ArgumentException($"{key} is registered as {before.Type.Name} already.", nameof(key));
                return;
            }

            _objects = new(_objects ?? []) { [key] = (type, decoder) };
        }
    }

    /// <summary>Finds the decoder that was added for a selector.</summary>
    /// <param name="key">The selector.</param>
    /// <param name="decoder">The decoder, or null.</param>
    public bool TryFind(TKey key, [NotNullWhen(true)] out DerDecoder<TUnion>? decoder)
    {
        decoder = _objects is { } known && known.TryGetValue(key, out var found) ? found.Decoder : null;
        return decoder is not null;
    }

    /// <summary>Says whether a type was added for a selector.</summary>
    /// <param name="key">The selector.</param>
    /// <param name="type">The type of the values.</param>
    public bool Has(TKey key, Type type) => _objects is { } known && known.TryGetValue(key, out var found) && found.Type == type;
}
