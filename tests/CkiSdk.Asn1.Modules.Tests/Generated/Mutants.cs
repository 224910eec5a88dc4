namespace CkiSdk.Asn1.Modules.Tests.Generated;

/// <summary>Changes one octet of an encoding.</summary>
internal static class Mutants
{
    private const int MostPositions = 96;

    private static readonly byte[] Interesting = [0x00, 0x01, 0x02, 0x05, 0x30, 0x31, 0x7F, 0x80, 0x81, 0xA0, 0xFF];

    /// <summary>Gives copies with one octet changed: each octet of a short encoding, some of a long one.</summary>
    public static IEnumerable<byte[]> Of(byte[] der, Random random)
    {
        var positions = der.Length <= MostPositions ? Enumerable.Range(0, der.Length) : Enumerable.Range(0, MostPositions).Select(_ => random.Next(der.Length));
        foreach (var position in positions)
        {
            var mutant = (byte[])der.Clone();
            mutant[position] = random.Next(3) switch
            {
                0 => Interesting[random.Next(Interesting.Length)],
                1 => (byte)(mutant[position] ^ (1 << random.Next(8))),
                _ => (byte)random.Next(256),
            };
            if (mutant[position] != der[position])
            {
                yield return mutant;
            }
        }
    }
}
