using CkiSdk.Asn1;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds the DER reader and writer to their laws on elements without a schema.</summary>
/// <remarks>Only DerException escapes; what is accepted encodes to the same octets; System.Formats.Asn1 gives the same verdict.</remarks>
internal sealed class ElementTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "element";

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        Element element;
        try
        {
            element = Der.Decode("Element", input, Element.Decode);
        }
        catch (DerException refusal)
        {
            if (!IsOurLimit(refusal) && AsnReaderOracle.Accepts(input)) throw new FuzzException($"refused ({refusal.Message}), but System.Formats.Asn1 accepts it");
            return false;
        }

        if (!AsnReaderOracle.Accepts(input)) throw new FuzzException("accepted, but System.Formats.Asn1 refuses it");
        var encoded = Der.Encode(element, Element.Encode);
        if (!encoded.AsSpan().SequenceEqual(input)) throw new FuzzException($"accepted, but encodes to {Convert.ToHexString(encoded)}");
        return true;
    }

    // Depth, length and tag numbers have limits in our reader that the other one does not have.
    private static bool IsOurLimit(DerException refusal) => refusal.Kind is DerErrorKind.TooDeep or DerErrorKind.TooLarge or DerErrorKind.LengthTooLarge;
}
