namespace CkiSdk.Fuzz;

/// <summary>Makes new inputs out of known ones; the same seed makes the same sequence.</summary>
/// <param name="seed">Where the sequence starts.</param>
/// <param name="tokens">Pieces to insert at times; none for DER.</param>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> tokens)
{
    private const int LongestInput = 8192;

    // Octets that mean something in DER: ends of ranges, indefinite and long lengths, the usual tags.
    private static readonly byte[] Interesting = [0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0C, 0x17, 0x18, 0x1F, 0x30, 0x31, 0x7F, 0x80, 0x81, 0x82, 0x84, 0xA0, 0xBF, 0xFF];
    private readonly Random _random = new(seed);

    /// <summary>Makes one input out of an input of the pool and, at times, a second one.</summary>
    public byte[] Mutate(IReadOnlyList<byte[]> pool)
    {
        var input = new List<byte>(Pick(pool));
        for (var count = _random.Next(1, 4); count > 0; count--) Change(input, pool);
        if (input.Count > LongestInput) input.RemoveRange(LongestInput, input.Count - LongestInput);
        return [.. input];
    }

    private byte[] Pick(IReadOnlyList<byte[]> pool) => pool[_random.Next(pool.Count)];

    private void Change(List<byte> input, IReadOnlyList<byte[]> pool)
    {
        if (input.Count == 0)
        {
            input.Add((byte)_random.Next(256));
            return;
        }

        var at = _random.Next(input.Count);
        if (tokens.Count > 0 && _random.Next(3) == 0)
        {
            input.InsertRange(at, tokens[_random.Next(tokens.Count)]);
            return;
        }

        switch (_random.Next(9))
        {
            case 0: input[at] ^= (byte)(1 << _random.Next(8)); break;
            case 1: input[at] = (byte)_random.Next(256); break;
            case 2: input[at] = Interesting[_random.Next(Interesting.Length)]; break;
            case 3: input[at] += (byte)(_random.Next(2) == 0 ? 1 : -1); break;
            case 4: input.Insert(at, Interesting[_random.Next(Interesting.Length)]); break;
            case 5: input.RemoveRange(at, Math.Min(input.Count - at, _random.Next(1, 9))); break;
            case 6: input.InsertRange(at, input.GetRange(at, Math.Min(input.Count - at, _random.Next(1, 33)))); break;
            case 7: Splice(input, at, Pick(pool)); break;
            default: Wrap(input); break;
        }
    }

    private void Splice(List<byte> input, int at, byte[] other)
    {
        var start = _random.Next(other.Length + 1);
        input.RemoveRange(at, input.Count - at);
        input.AddRange(other[start..]);
    }

    // Puts the whole input into a constructed element of the right length.
    private void Wrap(List<byte> input)
    {
        byte tag = _random.Next(3) switch { 0 => 0x30, 1 => 0x31, _ => (byte)(0xA0 + _random.Next(31)) };
        byte[] header = input.Count switch
        {
            < 0x80 => [tag, (byte)input.Count],
            < 0x100 => [tag, 0x81, (byte)input.Count],
            < 0x1_0000 => [tag, 0x82, (byte)(input.Count >> 8), (byte)input.Count],
            _ => [],
        };
        input.InsertRange(0, header);
    }
}
