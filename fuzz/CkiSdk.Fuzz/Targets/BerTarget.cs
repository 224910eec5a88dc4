using CkiSdk.Asn1;
using CkiSdk.Fuzz.Types;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds the reader of BER to its laws, for every type of asn1/; two octets in front choose the type.</summary>
/// <remarks>Only DerException escapes; what DER accepts BER gives back unchanged; what BER accepts becomes DER that the decoder accepts, and that stays as it is.</remarks>
internal sealed class BerTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "ber";

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds => GeneratedDecoders.Seeds((_, der) => der[0] % 4 == 0 ? der : Indefinite(der));

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        var type = GeneratedDecoders.Choose(input, out var ber);
        var isDer = IsDer(type, ber);
        byte[] der;
        try
        {
            der = Ber.ToDer(type.Descriptor, ber);
        }
        catch (DerException refusal)
        {
            if (isDer) throw new FuzzException($"{type.Name}: BER refuses what DER accepts ({refusal.Message})");
            return false;
        }

        if (isDer && !der.AsSpan().SequenceEqual(ber)) throw new FuzzException($"{type.Name}: DER became {Convert.ToHexString(der)}");
        var value = type.Decode(der);
        if (!type.Encode(value).AsSpan().SequenceEqual(der)) throw new FuzzException($"{type.Name}: {Convert.ToHexString(der)} encodes to other octets");
        if (!Ber.ToDer(type.Descriptor, der).AsSpan().SequenceEqual(der)) throw new FuzzException($"{type.Name}: {Convert.ToHexString(der)} is changed once more");
        return true;
    }

    private static bool IsDer(GeneratedDecoder type, byte[] ber)
    {
        try
        {
            _ = type.Decode(ber);
            return true;
        }
        catch (DerException)
        {
            return false;
        }
    }

    // The same value with lengths that are told by their ends (X.690 8.1.3.6), where elements are constructed.
    private static byte[] Indefinite(byte[] der)
    {
        var reader = new DerReader(der);
        List<byte> ber = [];
        while (reader.HasData) Append(ber, reader.ReadAny());
        return [.. ber];
    }

    private static void Append(List<byte> ber, AnyValue element)
    {
        if (!element.Tag.IsConstructed || element.Tag.Number > 30)
        {
            ber.AddRange(element.Encoded.Span);
            return;
        }

        ber.AddRange([element.Encoded.Span[0], 0x80]);
        var reader = new DerReader(element.Encoded);
        var mark = reader.Enter(element.Tag);
        while (reader.HasData) Append(ber, reader.ReadAny());
        reader.Leave(mark);
        ber.AddRange([0, 0]);
    }
}
