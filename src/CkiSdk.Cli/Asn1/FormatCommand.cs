using System.CommandLine;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Formatting;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Asn1;

/// <summary>Is <c>cki asn1 format</c>: gives modules an even form.</summary>
internal static class FormatCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the names of changed files go, or the text of the standard input.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var paths = Asn1Arguments.Paths();
        var check = new Option<bool>("--check") { Description = "Change nothing; name the files that would change, and end with 1 if there are any." };
        var json = Asn1Arguments.Json("Print the syntax errors as one JSON array.");
        var command = new Command("format", "Formats ASN.1 modules in place: blanks, indentation and columns; comments and line breaks stay. PATH - formats the standard input.") { paths, check, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var (given, _) = Asn1Arguments.Split(parsed.GetValue(paths), null);
            return given is ["-"]
                ? FormatInputAsync(output, error, cancellationToken)
                : RunAsync(given, parsed.GetValue(check), parsed.GetValue(json), output, error, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<string> paths, bool check, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var faults = new List<Asn1Diagnostic>();
        var changed = 0;
        foreach (var file in ModuleFiles.Find(paths))
        {
            var source = new SourceText(file, ModuleFiles.ReadText(file));
            faults.AddRange(Parser.Parse(source).Diagnostics.Where(diagnostic => diagnostic.IsError));
            var formatted = Formatter.Format(source);
            if (formatted == source.Text)
            {
                continue;
            }

            changed++;
            if (!check)
            {
                await WriteAsync(file, formatted, cancellationToken).ConfigureAwait(false);
            }

            if (!json)
            {
                await output.WriteLineAsync(file).ConfigureAwait(false);
            }
        }

        await DiagnosticReport.WriteAsync(faults.Select(DiagnosticReport.Of), json, json ? output : error).ConfigureAwait(false);
        return faults.Count > 0 || (check && changed > 0) ? ExitCodes.CheckFailed : ExitCodes.Ok;
    }

    private static async Task<int> FormatInputAsync(TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var source = new SourceText("-", ModuleFiles.Decode(await ValueFile.ReadAsync("-", cancellationToken).ConfigureAwait(false)));
        var faults = Parser.Parse(source).Diagnostics.Where(diagnostic => diagnostic.IsError).Select(DiagnosticReport.Of).ToList();
        await DiagnosticReport.WriteAsync(faults, json: false, error).ConfigureAwait(false);
        await output.WriteAsync(Formatter.Format(source)).ConfigureAwait(false);
        return faults.Count > 0 ? ExitCodes.CheckFailed : ExitCodes.Ok;
    }

    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(file, text, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"The file {file} cannot be written: {exception.Message}", exception);
        }
    }
}
