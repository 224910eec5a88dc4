namespace CkiSdk.Benchmarks.Rows;

/// <summary>Refuses to measure what is wrong.</summary>
internal static class Equal
{
    /// <summary>Requires that both are the same octets.</summary>
    /// <exception cref="InvalidOperationException">They are not.</exception>
    public static void Require(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        if (!expected.SequenceEqual(actual))
            throw new InvalidOperationException($"Expected {Convert.ToHexString(expected)}, not {Convert.ToHexString(actual)}.");
    }
}
