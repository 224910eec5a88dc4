namespace CkiSdk.Asn1;

/// <content>What works on the octets of a value.</content>
public sealed partial class TypeDescriptor
{
    /// <summary>Refuses octets that are not exactly the DER of a value of this type, as the decoder of a generated type does.</summary>
    /// <param name="der">The octets.</param>
    /// <param name="limits">What is admitted; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">They are not.</exception>
    public void Check(ReadOnlyMemory<byte> der, DerLimits? limits = null) => _ = Parse(der, isBer: false, limits);

    /// <summary>Returns the ASN.1 text of this type and of all types that it is made of, as one module that gives the same encodings.</summary>
    public string ToNotation() => new NotationWriter().Module(this);

    /// <summary>Reads octets as a value of this type.</summary>
    internal Element Parse(ReadOnlyMemory<byte> octets, bool isBer, DerLimits? limits = null) =>
        new ElementParser(octets, isBer, ToString(), limits).ParseWhole(this);
}
