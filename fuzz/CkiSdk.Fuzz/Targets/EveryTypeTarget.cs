using CkiSdk.Asn1;
using CkiSdk.Fuzz.Types;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds the decoders of all generated types of asn1/ to the laws of <see cref="DecoderTarget"/>, on values that the descriptors make and on changes of them.</summary>
/// <remarks>An input is the type (two octets), the seed of a value (two octets) and changes of its octets (four octets each: kind, place, octet).</remarks>
internal sealed class EveryTypeTarget : IFuzzTarget
{
    private const int LargestSize = 12;

    /// <inheritdoc/>
    public string Name => "types";

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        var type = GeneratedDecoders.Choose(input, out var rest);
        var seed = rest.Length < 2 ? 0 : (rest[0] << 8) | rest[1];
        byte[] value;
        try
        {
            value = RandomValue.Encode(type.Descriptor, new Random(seed), seed % LargestSize);
        }
        catch (InvalidOperationException)
        {
            // Chance met no constraint of the type.
            return false;
        }

        return DecoderTarget.Holds(type, Changed(value, rest.AsSpan(Math.Min(2, rest.Length))));
    }

    private static byte[] Changed(byte[] value, ReadOnlySpan<byte> changes)
    {
        var octets = new List<byte>(value);
        for (; changes.Length >= 4 && octets.Count > 0; changes = changes[4..])
        {
            var place = ((changes[1] << 8) | changes[2]) % octets.Count;
            switch (changes[0] % 4)
            {
                case 0: octets[place] ^= changes[3]; break;
                case 1: octets[place] = changes[3]; break;
                case 2: octets.Insert(place, changes[3]); break;
                default: octets.RemoveAt(place); break;
            }
        }

        return [.. octets];
    }
}
