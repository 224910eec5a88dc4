namespace CkiSdk.Asn1;

/// <summary>Reads BER (X.690 8), which the decoders of DER refuse: by turning it into DER.</summary>
/// <remarks>
/// Lengths may be indefinite or padded, strings stand in parts, sets be in any order, defaults be encoded, named bits have trailing zeros,
/// TRUE be any octet but zero, times have zones, and REAL have any base. What is DER already comes out unchanged.
/// </remarks>
public static class Ber
{
    /// <summary>Decodes a value that takes the whole input.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="ber">The octets.</param>
    /// <param name="limits">What is admitted; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">The octets are not exactly the BER of a value of this type.</exception>
    public static T Decode<T>(ReadOnlyMemory<byte> ber, DerLimits? limits = null)
        where T : IDerType<T> => Der.Decode<T>(ToDer(T.Descriptor, ber, limits), limits);

    /// <summary>Turns the BER of a value into its DER.</summary>
    /// <param name="type">The type of the value.</param>
    /// <param name="ber">The octets.</param>
    /// <param name="limits">What is admitted; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">The octets are not exactly the BER of a value of this type.</exception>
    public static byte[] ToDer(TypeDescriptor type, ReadOnlyMemory<byte> ber, DerLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(type);

        // What is DER stays as it is, also where an unknown addition could be read as a known string in parts.
        return IsDer(type, ber, limits) ? ber.ToArray() : ElementEncoder.Encode(type.Parse(ber, isBer: true, limits));
    }

    private static bool IsDer(TypeDescriptor type, ReadOnlyMemory<byte> ber, DerLimits? limits)
    {
        try
        {
            type.Check(ber, limits);
            return true;
        }
        catch (DerException)
        {
            return false;
        }
    }
}
