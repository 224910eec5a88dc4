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
    /// <summary>Writes the document.</summary>
    public string ToJson() => JsonText.Write(Json);
}
