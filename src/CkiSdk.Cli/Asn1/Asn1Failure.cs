using System.Text.Json;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Asn1;

/// <summary>Writes the document of <c>--json</c> for a command of <c>cki asn1</c> that failed: an array as of diagnostics, or an object with the error.</summary>
internal static class Asn1Failure
{
    /// <summary>Returns the document.</summary>
    /// <param name="args">The words behind the program's name.</param>
    /// <param name="code">A word for programs.</param>
    /// <param name="message">A line for people.</param>
    /// <param name="file">The file or folder that it is about; null for none.</param>
    public static string Document(string[] args, string code, string message, string? file = null) => args.Length > 1 && args[1] is "check" or "compile" or "format"
        ? JsonSerializer.Serialize([new DiagnosticReport(file ?? "", 1, 1, code, "error", message)], DiagnosticJson.Default.DiagnosticReportArray)
        : JsonText.Error(code, message);
}
