namespace CkiSdk.Asn1.Tests;

/// <summary>Makes inputs near to valid ones, the same in each run.</summary>
internal static class Mutator
{
    private static readonly byte[] Interesting = [0x00, 0x01, 0x1E, 0x1F, 0x20, 0x30, 0x39, 0x5A, 0x7F, 0x80, 0x81, 0x82, 0x84, 0x9F, 0xA0, 0xD8, 0xFF];

    /// <summary>Gives the samples, then changed ones, then elements of the same tags with content at random.</summary>
    internal static IEnumerable<byte[]> Inputs(IReadOnlyList<byte[]> samples, int count)
    {
        foreach (var sample in samples)
            yield return sample;
        var random = new Random(20);
        for (var i = 0; i < count; i++)
        {
            var sample = samples[random.Next(samples.Count)];
            if (i % 4 == 0)
            {
                var content = new byte[random.Next(24)];
                random.NextBytes(content);
                yield return [sample[0], (byte)content.Length, .. content];
                continue;
            }

            var octets = sample.ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
                Change(octets, random);
            if (i % 2 == 0 && octets.Count is >= 2 and < 0x82)
                octets[1] = (byte)(octets.Count - 2);
            yield return [.. octets];
        }
    }

    private static void Change(List<byte> octets, Random random)
    {
        var place = random.Next(octets.Count + 1);
        var octet = random.Next(2) == 0 ? Interesting[random.Next(Interesting.Length)] : (byte)random.Next(256);
        switch (random.Next(5))
        {
            case 0:
                octets.Insert(place, octet);
                break;
            case 1 when place < octets.Count:
                octets.RemoveAt(place);
                break;
            case 2 when place < octets.Count:
                octets[place] ^= (byte)(1 << random.Next(8));
                break;
            case 3 when place < octets.Count:
                octets.RemoveRange(place, octets.Count - place);
                break;
            default:
                if (place < octets.Count)
                    octets[place] = octet;
                break;
        }
    }
}
