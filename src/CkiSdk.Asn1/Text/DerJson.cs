using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CkiSdk.Asn1;

/// <summary>Writes elements of unknown types as JSON, for programs.</summary>
internal static class DerJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <summary>Returns the array of elements.</summary>
    internal static string Write(List<Element> elements)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, Options))
            Write(writer, elements, 0, 0);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Element> elements, int depth, int origin)
    {
        writer.WriteStartArray();
        foreach (var element in elements)
            Write(writer, element, depth, origin);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Element element, int depth, int origin)
    {
        writer.WriteStartObject();
        writer.WriteNumber("offset", origin + element.Start);
        writer.WriteNumber("header", element.ContentStart - element.Start);
        writer.WriteNumber("length", element.End - element.ContentStart);
        writer.WriteString("tag", element.Tag.ToString());
        if (element.IsConstructed)
        {
            writer.WritePropertyName("elements");
            Write(writer, element.Children, depth + 1, origin);
        }
        else
        {
            Primitive(writer, element, depth, origin);
        }

        writer.WriteEndObject();
    }

    private static void Primitive(Utf8JsonWriter writer, Element element, int depth, int origin)
    {
        var content = element.Content;
        writer.WriteString("octets", Convert.ToHexString(content.Span));
        if (ContentText.Universal(element.Tag) is { } kind and not (TypeKind.OctetString or TypeKind.BitString) && TypeDescriptor.Of(kind, element.Tag) is var type && DerContent.Fault(type, content.Span) is null)
        {
            writer.WritePropertyName("value");
            JerWriter.Write(writer, new Element(type) { Tag = element.Tag, Content = content });
        }

        if (DerText.Encapsulated(element, depth) is not { } inner)
            return;
        writer.WritePropertyName("contains");
        Write(writer, inner, depth + 1, origin + element.End - inner[0].End);
    }
}
