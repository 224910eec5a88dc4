using System.CommandLine;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Emit;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Asn1;

/// <summary>Is <c>cki asn1 compile</c>: writes the C# that the generator would add to a project.</summary>
internal static class CompileCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the diagnostics go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var paths = Asn1Arguments.Paths();
        var more = Asn1Arguments.Library();
        var folder = new Option<string>("--output") { Description = "The folder for the C# files; made where it is not there.", HelpName = "DIR", Required = true };
        var space = new Option<string>("--namespace") { Description = "The namespace under which each module gets its own.", HelpName = "NS", Required = true };
        var json = Asn1Arguments.Json("Print the diagnostics as one JSON array.");
        var command = new Command("compile", "Compiles ASN.1 modules to C#: the same files that the generator makes. With errors nothing is written.") { paths, folder, space, more, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var (given, library) = Asn1Arguments.Split(parsed.GetValue(paths), parsed.GetValue(more));
            return RunAsync(given, library, parsed.GetValue(folder)!, parsed.GetValue(space)!, parsed.GetValue(json), output, error, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<string> paths, IReadOnlyList<string> more, string folder, string space, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (!IsNamespace(space))
        {
            throw CommandException.Usage($"--namespace: '{space}' is no C# namespace, such as Company.Messages.");
        }

        var project = ModuleProject.Open(paths, more, space);

        // A build cannot do without what is imported.
        var diagnostics = project.Diagnostics.Select(diagnostic => diagnostic.Code == DiagnosticCodes.UnresolvedImport ? diagnostic with { IsError = true } : diagnostic).ToList();
        await DiagnosticReport.WriteAsync(diagnostics.Select(DiagnosticReport.Of), json, output).ConfigureAwait(false);
        var errors = diagnostics.Count(diagnostic => diagnostic.IsError);
        if (errors > 0)
        {
            await error.WriteLineAsync($"{Asn1Arguments.Count(errors, "error")}; nothing was written").ConfigureAwait(false);
            return ExitCodes.CheckFailed;
        }

        var sources = Sources(project).ToList();
        await WriteAsync(sources, folder, cancellationToken).ConfigureAwait(false);
        await error.WriteLineAsync($"{Asn1Arguments.Count(sources.Count, "file")} written to {folder}").ConfigureAwait(false);
        return ExitCodes.Ok;
    }

    private static IEnumerable<(string Name, string Text)> Sources(ModuleProject project) =>
        project.Linked.Modules.SelectMany(module =>
            module.Types.Select(type => (TypeEmitter.FileName(type), TypeEmitter.Emit(type))).Append((ModuleEmitter.FileName(module), ModuleEmitter.Emit(module))));

    private static async Task WriteAsync(IEnumerable<(string Name, string Text)> sources, string folder, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, text) in sources)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, name), text, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandException.Usage($"The folder {folder} cannot be used: {exception.Message}", exception);
        }
    }

    private static bool IsNamespace(string text) => text.Split('.').All(part =>
        part.Length > 0 && !char.IsAsciiDigit(part[0]) && part.All(character => char.IsLetterOrDigit(character) || character == '_'));
}
