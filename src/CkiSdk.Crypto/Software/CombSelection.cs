using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CkiSdk.Crypto.Software;

/// <summary>Reads one entry of a table without showing which: every entry is read, whatever the digit.</summary>
internal static class CombSelection
{
    /// <summary>Reads the entry into the target.</summary>
    /// <param name="table">The first vector of the table.</param>
    /// <param name="entries">The number of entries.</param>
    /// <param name="vectors">The vectors of an entry, a multiple of 4 or not.</param>
    /// <param name="digit">Which entry is meant; secret.</param>
    /// <param name="target">The first vector of the target.</param>
    public static void Read(ref Vector256<ulong> table, int entries, int vectors, ulong digit, ref Vector256<ulong> target)
    {
        var wanted = Vector256.Create(digit);
        var position = 0;
        for (; position + 4 <= vectors; position += 4)
            ReadFour(ref Unsafe.Add(ref table, position), entries, vectors, wanted, ref Unsafe.Add(ref target, position));
        for (; position < vectors; position++)
            ReadOne(ref Unsafe.Add(ref table, position), entries, vectors, wanted, ref Unsafe.Add(ref target, position));
    }

    private static void ReadFour(ref Vector256<ulong> table, int entries, int vectors, Vector256<ulong> wanted, ref Vector256<ulong> target)
    {
        Vector256<ulong> first = default, second = default, third = default, fourth = default, counter = default;
        for (var entry = 0; entry < entries; entry++)
        {
            var mask = Vector256.Equals(counter, wanted);
            ref var source = ref Unsafe.Add(ref table, entry * vectors);
            first |= mask & source;
            second |= mask & Unsafe.Add(ref source, 1);
            third |= mask & Unsafe.Add(ref source, 2);
            fourth |= mask & Unsafe.Add(ref source, 3);
            counter += Vector256<ulong>.One;
        }

        target = first;
        Unsafe.Add(ref target, 1) = second;
        Unsafe.Add(ref target, 2) = third;
        Unsafe.Add(ref target, 3) = fourth;
    }

    private static void ReadOne(ref Vector256<ulong> table, int entries, int vectors, Vector256<ulong> wanted, ref Vector256<ulong> target)
    {
        Vector256<ulong> found = default, counter = default;
        for (var entry = 0; entry < entries; entry++)
        {
            found |= Vector256.Equals(counter, wanted) & Unsafe.Add(ref table, entry * vectors);
            counter += Vector256<ulong>.One;
        }

        target = found;
    }
}
