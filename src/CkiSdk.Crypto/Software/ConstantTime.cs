namespace CkiSdk.Crypto.Software;

/// <summary>Decides without branches: every decision is a mask, all ones (−1) for yes and 0 for no.</summary>
internal static class ConstantTime
{
    /// <summary>Gives −1 if a value is zero.</summary>
    public static int IsZero(int value) => ~(value | -value) >> 31;

    /// <summary>Gives −1 if two values are equal.</summary>
    public static int AreEqual(int left, int right) => IsZero(left ^ right);

    /// <summary>Gives −1 if left &lt; right, for values from 0 to 2^30.</summary>
    public static int IsLess(int left, int right) => (left - right) >> 31;

    /// <summary>Gives one of two values.</summary>
    public static int Select(int mask, int yes, int no) => (mask & yes) | (~mask & no);
}
