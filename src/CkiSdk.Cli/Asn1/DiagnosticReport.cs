using System.Text.Json;
using System.Text.Json.Serialization;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Asn1;

/// <summary>Is a diagnostic as <c>--json</c> prints it.</summary>
/// <param name="File">The file as it was given.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Code">The code, such as CKI0101.</param>
/// <param name="Severity">error or warning.</param>
/// <param name="Message">What was found, and what was expected.</param>
internal sealed record DiagnosticReport(string File, int Line, int Column, string Code, string Severity, string Message)
{
    /// <summary>Makes the report of a diagnostic.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    public static DiagnosticReport Of(Asn1Diagnostic diagnostic) => new(
        diagnostic.Path, diagnostic.StartLine + 1, diagnostic.StartColumn + 1, diagnostic.Code, diagnostic.IsError ? "error" : "warning", diagnostic.Message);

    /// <summary>Writes diagnostics, one a line or as one JSON array.</summary>
    /// <param name="diagnostics">The diagnostics.</param>
    /// <param name="json">Whether JSON is wanted.</param>
    /// <param name="output">Where they go.</param>
    public static async Task WriteAsync(IEnumerable<DiagnosticReport> diagnostics, bool json, TextWriter output)
    {
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize([.. diagnostics], DiagnosticJson.Default.DiagnosticReportArray)).ConfigureAwait(false);
            return;
        }

        foreach (var (file, line, column, code, severity, message) in diagnostics)
        {
            await output.WriteLineAsync(Failures.OneLine($"{file}({line},{column}): {severity} {code}: {message}")).ConfigureAwait(false);
        }
    }
}

/// <summary>Writes the array without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DiagnosticReport[]))]
internal sealed partial class DiagnosticJson : JsonSerializerContext;
