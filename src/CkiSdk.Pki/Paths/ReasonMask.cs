using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;

namespace CkiSdk.Pki.Paths;

/// <summary>Computes with sets of revocation reasons, one bit for each of ReasonFlags (RFC 5280 §6.3.2 (a)).</summary>
internal static class ReasonMask
{
    public const int All = 0x1FE; // keyCompromise (1) to aACompromise (8)

    /// <summary>Gives the set that an extension says; all where it says nothing.</summary>
    public static int Of(ReasonFlags? reasons)
    {
        if (reasons is not { } stated)
            return All;
        var mask = 0;
        for (var bit = 1; bit <= 8; bit++)
            mask |= Bit(stated.Value, bit);
        return mask;
    }

    private static int Bit(BitString bits, int bit) => bits[bit] ? 1 << bit : 0;
}
