using System.Text.Json;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Pki;

/// <summary>Is what a command of <c>cki pki</c> ends with.</summary>
/// <param name="Json">The document of <c>--json</c>.</param>
/// <param name="Short">The short text with its last line break; empty for none.</param>
/// <param name="Full">The text of <c>--text</c> with its last line break; null for the short one.</param>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
internal sealed record PkiResult(JsonObject Json, string Short, string? Full = null, int ExitCode = ExitCodes.Ok)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document of a failure.</summary>
    /// <param name="code">A word for programs.</param>
    /// <param name="message">A line for people.</param>
    public static string Error(string code, string message) =>
        Write(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });

    /// <summary>Writes the document.</summary>
    public string ToJson() => Write(Json);

    private static string Write(JsonObject document)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            document.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
