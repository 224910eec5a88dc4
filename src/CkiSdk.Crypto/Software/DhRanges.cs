namespace CkiSdk.Crypto.Software;

/// <summary>Checks the ranges of exponents and public values.</summary>
internal static class DhRanges
{
    /// <summary>Requires 1 ≤ x &lt; q, in a time that depends on lengths only.</summary>
    /// <exception cref="CryptoProviderException">The exponent is out of range.</exception>
    public static void RequireExponent(DhGroup group, ReadOnlySpan<byte> exponent)
    {
        ArgumentNullException.ThrowIfNull(group);
        var q = group.Q.Span;
        var any = 0;
        foreach (var octet in exponent)
            any |= octet;
        if (any == 0 || exponent.Length > q.Length || (exponent.Length == q.Length && !IsLess(exponent, q)))
            throw new CryptoProviderException(CryptoError.InvalidKey, "The private exponent is not between 1 and q - 1.");
    }

    /// <summary>Tells whether 2 ≤ y ≤ p − 2; y is public.</summary>
    public static bool IsPublicValueInRange(DhGroup group, ReadOnlySpan<byte> publicValue)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (publicValue.Length > group.Length)
            return false;
        var y = publicValue.TrimStart((byte)0);
        var p = group.P.Span;
        if (y.IsEmpty || y is [1])
            return false;
        if (y.Length < p.Length)
            return true;

        // p is odd, so that p − 1 differs from p in the last bit only: y ≤ p − 2 means y < p and y ≠ p − 1.
        var isPMinusOne = y[..^1].SequenceEqual(p[..^1]) && y[^1] == p[^1] - 1;
        return y.SequenceCompareTo(p) < 0 && !isPMinusOne;
    }

    private static bool IsLess(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var borrow = 0;
        for (var i = left.Length - 1; i >= 0; i--)
            borrow = (left[i] - right[i] + borrow) >> 31;
        return borrow != 0;
    }
}
