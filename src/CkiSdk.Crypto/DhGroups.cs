using System.Globalization;
using System.Numerics;

namespace CkiSdk.Crypto;

/// <summary>Names the groups of RFC 7919 with the identifiers and exponent lengths of the CKI profile, section 1.</summary>
public static class DhGroups
{
    private const string Root = "2.25.300925013569037081049924713136157645598.1."; // id-cki-profile 1

    /// <summary>Gets ffdhe2048 (id-cki-profile 1 1) with exponents of 256 bits.</summary>
    public static DhGroup Ffdhe2048 { get; } = Make("ffdhe2048", 1, Rfc7919.Ffdhe2048, 256);

    /// <summary>Gets ffdhe3072 (id-cki-profile 1 2) with exponents of 288 bits.</summary>
    public static DhGroup Ffdhe3072 { get; } = Make("ffdhe3072", 2, Rfc7919.Ffdhe3072, 288);

    /// <summary>Gets ffdhe4096 (id-cki-profile 1 3) with exponents of 352 bits.</summary>
    public static DhGroup Ffdhe4096 { get; } = Make("ffdhe4096", 3, Rfc7919.Ffdhe4096, 352);

    /// <summary>Gets ffdhe6144 (id-cki-profile 1 4) with exponents of 384 bits.</summary>
    public static DhGroup Ffdhe6144 { get; } = Make("ffdhe6144", 4, Rfc7919.Ffdhe6144, 384);

    /// <summary>Gets ffdhe8192 (id-cki-profile 1 5) with exponents of 416 bits.</summary>
    public static DhGroup Ffdhe8192 { get; } = Make("ffdhe8192", 5, Rfc7919.Ffdhe8192, 416);

    /// <summary>Gets the group for whoever has no opinion: ffdhe3072.</summary>
    public static DhGroup Default => Ffdhe3072;

    /// <summary>Gets all named groups, the shortest first.</summary>
    public static DhGroupSet Named { get; } = new(Ffdhe2048, Ffdhe3072, Ffdhe4096, Ffdhe6144, Ffdhe8192);

    private static DhGroup Make(string name, int number, string p, int exponentBits) =>
        new(
            name,
            Root + number.ToString(CultureInfo.InvariantCulture),
            new BigInteger(Convert.FromHexString(p), isUnsigned: true, isBigEndian: true),
            g: 2,
            exponentBits);
}
