using System.CommandLine;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Asn1;

/// <summary>Is <c>cki asn1 check</c>: says what is wrong or doubtful in modules.</summary>
internal static class CheckCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the diagnostics go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var paths = Asn1Arguments.Paths();
        var more = Asn1Arguments.Library();
        var json = Asn1Arguments.Json("Print the diagnostics as one JSON array.");
        var command = new Command("check", "Checks ASN.1 modules: files, or folders with all .asn1 and .asn files below them.") { paths, more, json };
        command.SetAction((parsed, _) =>
        {
            var (given, library) = Asn1Arguments.Split(parsed.GetValue(paths), parsed.GetValue(more));
            return RunAsync(given, library, parsed.GetValue(json), output, error);
        });
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> paths, IReadOnlyList<string> more, bool json, TextWriter output, TextWriter error)
    {
        var project = ModuleProject.Open(paths, more, "Asn1Modules");
        await DiagnosticReport.WriteAsync(project.Diagnostics.Select(DiagnosticReport.Of), json, output).ConfigureAwait(false);
        var errors = project.Diagnostics.Count(diagnostic => diagnostic.IsError);
        await error.WriteLineAsync(
            $"{Asn1Arguments.Count(project.Files, "file")}, {Asn1Arguments.Count(project.Modules, "module")}: "
            + $"{Asn1Arguments.Count(errors, "error")}, {Asn1Arguments.Count(project.Diagnostics.Count - errors, "warning")}").ConfigureAwait(false);
        return errors == 0 ? ExitCodes.Ok : ExitCodes.CheckFailed;
    }
}
