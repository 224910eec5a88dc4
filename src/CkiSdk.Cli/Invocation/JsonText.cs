using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CkiSdk.Cli.Invocation;

/// <summary>Writes the documents of <c>--json</c>.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document of a failure.</summary>
    /// <param name="code">A word for programs.</param>
    /// <param name="message">A line for people.</param>
    public static string Error(string code, string message) =>
        Write(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });

    /// <summary>Writes a document.</summary>
    /// <param name="document">The document.</param>
    public static string Write(JsonObject document)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            document.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
