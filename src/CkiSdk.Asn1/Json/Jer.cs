using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace CkiSdk.Asn1;

/// <summary>Turns values of described types into JSON and back, by the JSON encoding rules (X.697) without encoding instructions.</summary>
/// <remarks>
/// What the rules cannot say stands under the name <c>...</c>, which no component has: extension additions that the type does not know, each as the
/// hexadecimal digits of its DER. Elements whose type is not known are such a text too. Both ways together give the octets again.
/// Numbers of more than 16,384 bits have no JSON here.
/// </remarks>
public static class Jer
{
    /// <summary>The member that holds what the type does not know.</summary>
    internal const string Unknown = "...";

    /// <summary>The octets of the greatest number that is written and read: a modulus of 16,384 bits. The time that decimal digits take grows with the square of their number.</summary>
    internal const int MostNumberOctets = 2049;

    /// <summary>The digits that such a number has at most.</summary>
    internal const int MostDigits = 5000;

    private const int MostDepth = 256;

    /// <summary>Returns the JSON of a value.</summary>
    /// <param name="type">The type.</param>
    /// <param name="der">The encoding.</param>
    /// <param name="indented">Whether people are to read it.</param>
    /// <param name="limits">What is admitted; null for <see cref="DerLimits.Default"/>.</param>
    /// <exception cref="DerException">The octets are not the DER of a value of the type, or a number in it is too large.</exception>
    public static string FromDer(TypeDescriptor type, ReadOnlyMemory<byte> der, bool indented = false, DerLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        var element = type.Parse(der, isBer: false, limits);
        var json = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000, NewLine = "\n" };
        using (var writer = new Utf8JsonWriter(json, options))
            JerWriter.Write(writer, element);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>Returns the DER of a value.</summary>
    /// <param name="type">The type.</param>
    /// <param name="json">The JSON text.</param>
    /// <exception cref="JerException">The text is not the JSON of a value of the type.</exception>
    public static byte[] ToDer(TypeDescriptor type, string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ToDer(type, Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Returns the DER of a value.</summary>
    /// <param name="type">The type.</param>
    /// <param name="json">The JSON text in UTF-8.</param>
    /// <exception cref="JerException">The text is not the JSON of a value of the type.</exception>
    public static byte[] ToDer(TypeDescriptor type, ReadOnlyMemory<byte> json)
    {
        ArgumentNullException.ThrowIfNull(type);

        // Some editors write a byte order mark, which RFC 8259 8.1 lets readers pass over.
        json = json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;
        if (!Utf8.IsValid(json.Span))
            throw new JerException("$", "no JSON: octets that are no UTF-8");
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MostDepth });
            return ElementEncoder.Encode(new JerReader().ReadWhole(document.RootElement, type));
        }
        catch (JsonException e)
        {
            throw new JerException("$", $"no JSON: {JsonFault.Describe(e, json.Span)}", e);
        }
    }
}
