using System.Text;
using CkiSdk.Asn1;
using CkiSdk.Fuzz.Types;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds the reader of JSON (X.697) to its laws, for every type of asn1/; two octets in front choose the type.</summary>
/// <remarks>Only JerException escapes; what is accepted and keeps to the constraints is DER for the decoder, and its JSON gives the same octets.</remarks>
internal sealed class JsonTarget : IFuzzTarget
{
    private static readonly byte[][] Words = [.. "{ } [ ] : , \" \"\" \"...\": null true false 0 -1 1e9 \\u0000 \\ud800 \"value\": \"length\": \"base10Value\": \"-INF\" ".Split(' ').Select(Encoding.UTF8.GetBytes)];

    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Tokens => Words;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds => GeneratedDecoders.Seeds((type, der) => Encoding.UTF8.GetBytes(Jer.FromDer(type, der)));

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        var type = GeneratedDecoders.Choose(input, out var json);
        byte[] der;
        try
        {
            der = Jer.ToDer(type.Descriptor, json);
            type.Descriptor.Check(der);
        }
        catch (Exception refusal) when (refusal is JerException or DerException)
        {
            // JSON can say what constraints do not permit.
            return false;
        }

        var value = type.Decode(der);
        if (!type.Encode(value).AsSpan().SequenceEqual(der)) throw new FuzzException($"{type.Name}: {Convert.ToHexString(der)} encodes to other octets");
        var text = Jer.FromDer(type.Descriptor, der);
        if (!Jer.ToDer(type.Descriptor, text).AsSpan().SequenceEqual(der)) throw new FuzzException($"{type.Name}: {text} is not the JSON of {Convert.ToHexString(der)}");
        return true;
    }
}
