using System.Runtime.InteropServices;

namespace CkiSdk.Asn1;

/// <summary>Keeps the few values of a type that nearly all inputs have, such as the commonest algorithm identifiers, so that each is decoded once; generated code calls it.</summary>
/// <typeparam name="T">The type, which is immutable.</typeparam>
/// <param name="decoder">Reads a value with whatever tag it has.</param>
/// <remarks>The number and size of what is kept are bounded; a value that is kept holds slices of octets of its own.</remarks>
public sealed class SharedValues<T>(DerDecoder<T> decoder)
    where T : class
{
    // An algorithm without parameters, with NULL or with the identifier of a curve.
    private const int MostOctets = 22;
    private const int Slots = 64;

    private readonly Entry?[] _entries = new Entry?[Slots];

    /// <summary>Reads the next element, if it is short and well-formed and no failed decode is being traced.</summary>
    /// <param name="reader">Stands at the element; afterwards behind it, if it was read.</param>
    /// <param name="tag">The tag that it must have.</param>
    /// <returns>The value; null if it must be decoded.</returns>
    public T? TryRead(ref DerReader reader, Tag tag)
    {
        var element = reader.ShortElement(tag, MostOctets);
        if (element.IsEmpty)
            return null;
        ref var slot = ref _entries[Slot(element)];
        var entry = Volatile.Read(ref slot);
        if (entry is null || !element.SequenceEqual(entry.Octets))
        {
            entry = Make(element);
            if (entry is null)
                return null;
            Volatile.Write(ref slot, entry);
        }

        reader.Advance(element.Length);
        return entry.Value;
    }

    // The last octets tell algorithms and curves apart, but for a NULL behind them.
    private static int Slot(ReadOnlySpan<byte> element)
    {
        var hash = MemoryMarshal.Read<ulong>(element[^sizeof(ulong)..]) * 0x9E37_79B9_7F4A_7C15;
        return (int)(hash >> 58);
    }

    private Entry? Make(ReadOnlySpan<byte> element)
    {
        var octets = element.ToArray();
        try
        {
            var reader = DerReader.WithoutSharing(octets);
            var value = decoder(ref reader);
            reader.End();
            return new Entry(octets, value);
        }
        catch (DerException)
        {
            return null;
        }
    }

    private sealed record Entry(byte[] Octets, T Value);
}
