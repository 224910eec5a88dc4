namespace CkiSdk.Crypto.Software;

/// <summary>Is the shape of a comb: the bits of an exponent in rows, each cut into blocks.</summary>
/// <param name="Rows">h: each column gives an index of h bits.</param>
/// <param name="RowLength">The bits of a row, a.</param>
/// <param name="Blocks">v: the tables.</param>
internal sealed record CombShape(int Rows, int RowLength, int Blocks)
{
    /// <summary>Gets the columns of a block, b, which is one more than the squarings.</summary>
    public int Width => (RowLength + Blocks - 1) / Blocks;

    /// <summary>Gets the entries of a table.</summary>
    public int Entries => 1 << Rows;

    /// <summary>Gets the longest exponent in bits.</summary>
    public int Bits => Rows * RowLength;

    /// <summary>Chooses: the longer the numbers, the more a product costs beside reading a table.</summary>
    public static CombShape For(DhGroup group)
    {
        var rows = group.Bits < 3000 ? 5 : group.Bits < 5000 ? 6 : 7;
        var bits = group.ExponentLength * 8;
        return new CombShape(rows, (bits + rows - 1) / rows, 8);
    }

    /// <summary>Gets the bits of one column of a block; which ones they are depends on public numbers only.</summary>
    /// <param name="exponent">The exponent, big-endian.</param>
    /// <param name="block">The block.</param>
    /// <param name="column">The column.</param>
    public int Digit(ReadOnlySpan<byte> exponent, int block, int column)
    {
        var position = (block * Width) + column;
        if (position >= RowLength)
            return 0;
        var digit = 0;
        for (var row = 0; row < Rows; row++)
        {
            var bit = (row * RowLength) + position;
            if (bit < exponent.Length * 8)
                digit |= ((exponent[^((bit / 8) + 1)] >> (bit % 8)) & 1) << row;
        }

        return digit;
    }
}
