using CkiSdk.Asn1;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds a generated decoder to its laws.</summary>
/// <remarks>
/// Only DerException escapes; what is accepted is well-formed for System.Formats.Asn1, encodes from its fields to the same octets,
/// and decodes from those to an equal value.
/// </remarks>
/// <typeparam name="T">The generated type.</typeparam>
/// <param name="name">The name of the target.</param>
internal sealed class RoundTripTarget<T>(string name) : IFuzzTarget
    where T : IDerType<T>
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        T value;
        try
        {
            value = Der.Decode<T>(input);
        }
        catch (DerException)
        {
            return false;
        }

        if (!AsnReaderOracle.IsWellFormed(input)) throw new FuzzException("accepted, but System.Formats.Asn1 refuses it");
        var encoded = Der.Encode(value);
        if (!encoded.AsSpan().SequenceEqual(input)) throw new FuzzException($"accepted, but encodes to {Convert.ToHexString(encoded)}");
        if (!Der.Decode<T>(encoded).Equals(value)) throw new FuzzException("decodes to unequal values");
        return true;
    }
}
