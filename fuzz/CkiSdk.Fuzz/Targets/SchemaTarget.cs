using System.Text;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Dynamic;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds modules that are compiled at run time to their laws: descriptors of any text can be used, and their notation is a module again.</summary>
/// <remarks>Nothing throws; the notation of a type compiles without an error; a random value keeps its octets through text, JSON and BER.</remarks>
internal sealed class SchemaTarget : IFuzzTarget
{
    private const int LongestText = 4096;
    private const int MostTypes = 8;

    /// <inheritdoc/>
    public string Name => "schema";

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Tokens => ModuleTarget.Words;

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        if (input.Length > LongestText) return false;
        var schema = Asn1Schema.Parse(Encoding.UTF8.GetString(input));
        if (schema.HasErrors) return false;
        foreach (var type in schema.Types.Values.Take(MostTypes))
        {
            RequireNotation(type);
            RequireValue(type);
        }

        return true;
    }

    private static void RequireNotation(TypeDescriptor type)
    {
        var text = type.ToNotation();
        if (Asn1Schema.Parse(text).Diagnostics.FirstOrDefault(fault => fault.IsError) is { } error)
            throw new FuzzException($"{type.Name}: {error.Message} in its notation\n{text}");
    }

    private static void RequireValue(TypeDescriptor type)
    {
        byte[] der;
        try
        {
            der = RandomValue.Encode(type, new Random(1), size: 3);
        }
        catch (InvalidOperationException)
        {
            // Not every type has a value.
            return;
        }

        if (DerText.Dump(type, der).Length == 0) throw new FuzzException($"{type.Name}: no text");
        if (!Ber.ToDer(type, der).AsSpan().SequenceEqual(der)) throw new FuzzException($"{type.Name}: BER changes {Convert.ToHexString(der)}");
        var json = Jer.FromDer(type, der);
        var again = Jer.ToDer(type, json);
        if (!again.AsSpan().SequenceEqual(der)) throw new FuzzException($"{type.Name}: {Convert.ToHexString(der)} has the JSON {json}, which is that of {Convert.ToHexString(again)}");
    }
}
