using CkiSdk.Asn1;
using CkiSdk.Fuzz.Types;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds every generated decoder of asn1/ to its laws; two octets in front choose the type.</summary>
/// <remarks>
/// Only DerException escapes; record, view and descriptor accept the same; what is accepted is well-formed for System.Formats.Asn1, encodes from its fields to the
/// same octets, and decodes from those to an equal value; text and JSON can be made of it, and JSON gives the octets back.
/// </remarks>
internal sealed class DecoderTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "decoders";

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds => GeneratedDecoders.Seeds((_, der) => der);

    /// <inheritdoc/>
    public bool Try(byte[] input) => Holds(GeneratedDecoders.Choose(input, out var der), der);

    /// <summary>Tries the octets as a value of a type and returns whether they are one.</summary>
    public static bool Holds(GeneratedDecoder type, byte[] der)
    {
        object value;
        try
        {
            value = type.Decode(der);
        }
        catch (DerException refusal)
        {
            if (Refusal(type.Validate, der) is null) throw new FuzzException($"{type.Name}: the view accepts what the record refuses ({refusal.Message})");
            if (Refusal(octets => type.Descriptor.Check(octets), der) is null) throw new FuzzException($"{type.Name}: the descriptor accepts what the record refuses ({refusal.Message})");
            return false;
        }

        type.Validate(der);
        if (!AsnReaderOracle.IsWellFormed(der)) throw new FuzzException($"{type.Name}: accepted, but System.Formats.Asn1 refuses it");
        var encoded = type.Encode(value);
        if (!encoded.AsSpan().SequenceEqual(der)) throw new FuzzException($"{type.Name}: accepted, but encodes to {Convert.ToHexString(encoded)}");
        if (!type.Decode(encoded).Equals(value)) throw new FuzzException($"{type.Name}: decodes to unequal values");
        RequireTexts(type, der);
        return true;
    }

    private static void RequireTexts(GeneratedDecoder type, byte[] der)
    {
        if (Refusal(octets => type.Descriptor.Check(octets), der) is { } refusal)
        {
            // The record of EXTERNAL keeps the data as an element of any type.
            if (refusal.Contains(".encoding.", StringComparison.Ordinal)) return;
            throw new FuzzException($"{type.Name}: the descriptor refuses what the record accepts ({refusal})");
        }

        if (DerText.Dump(type.Descriptor, der).Length == 0) throw new FuzzException($"{type.Name}: no text");
        if (Refusal(octets => Jer.FromDer(type.Descriptor, octets), der) is { } limit)
        {
            // Numbers whose decimal digits take long have no JSON.
            if (der.Length > 2048) return;
            throw new FuzzException($"{type.Name}: no JSON ({limit})");
        }

        var json = Jer.FromDer(type.Descriptor, der);
        var again = Jer.ToDer(type.Descriptor, json);
        if (!again.AsSpan().SequenceEqual(der)) throw new FuzzException($"{type.Name}: its JSON {json} is that of {Convert.ToHexString(again)}");
    }

    private static string? Refusal(Action<byte[]> check, byte[] der)
    {
        try
        {
            check(der);
            return null;
        }
        catch (DerException refusal)
        {
            return refusal.Message;
        }
    }
}
