using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using CkiSdk.Cli.Asn1;
using CkiSdk.Cli.Audit;
using CkiSdk.Cli.Authorities;
using CkiSdk.Cli.Completion;
using CkiSdk.Cli.Demo;
using CkiSdk.Cli.Doctor;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Messages;
using CkiSdk.Cli.Pki;
using CkiSdk.Cli.Recovery;
using CkiSdk.Cli.Service;
using CkiSdk.Cli.Stores;
using CkiSdk.Cli.Users;

namespace CkiSdk.Cli;

/// <summary>Is the command line of <c>cki</c>: its commands, and what happens when none of them fits.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">The words behind the program's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where everything else goes.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var root = Create(output, error);
            var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
            if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
            {
                return await RefuseAsync(parsed, args, output, error).ConfigureAwait(false);
            }

            // Signals are the program's (Program.cs), not the library's.
            var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            using var telemetry = parsed.CommandResult.Command.Name == "run" ? null : Telemetry.StartCommand($"cki {string.Join(' ', Words(parsed.CommandResult))}");
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await Failures.WriteAsync(exception, error).ConfigureAwait(false);
            if (args is ["asn1", ..] && args.Contains("--json", StringComparer.Ordinal))
            {
                await output.WriteLineAsync(Asn1Failure.Document(args, Failures.Code(exception), Failures.Line(exception), (exception as CommandException)?.File)).ConfigureAwait(false);
            }

            return Failures.ExitCode(exception);
        }
    }

    /// <summary>Makes the tree of all commands.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where everything else goes.</param>
    public static RootCommand Create(TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Confidentiality key infrastructure: keys, certificates and messages of the CKI Key Management Protocol.")
        {
            DemoCommand.Create(output, error),
            TlcmaCommand.Create(output, error),
            CmaCommand.Create(output, error),
            UserCommand.Create(output, error),
            RecoveryCommand.Create(output, error),
            AuditCommand.Create(output, error),
            BackupCommand.CreateBackup(output, error),
            BackupCommand.CreateRestore(output, error),
            ResumeCommand.Create(output, error),
            InspectCommand.Create(output, error),
            DoctorCommand.Create(output, error),
            Asn1Command.Create(output, error),
            PkiCommand.Create(output, error),
            CompletionCommand.Create(output),
        };
        HelpWithExamples.AddTo(root);
        return root;
    }

    // The commands alone: what options say is nobody's business but the command's.
    private static Stack<string> Words(CommandResult result)
    {
        var names = new Stack<string>();
        for (; result.Parent is CommandResult parent; result = parent)
        {
            names.Push(result.Command.Name);
        }

        return names;
    }

    private static async Task<int> RefuseAsync(ParseResult parsed, string[] args, TextWriter output, TextWriter error)
    {
        foreach (var fault in parsed.Errors)
        {
            await error.WriteLineAsync($"cki: {Failures.OneLine(fault.Message)}").ConfigureAwait(false);
        }

        await error.WriteLineAsync("cki: 'cki --help' shows the commands, 'cki COMMAND --help' their options").ConfigureAwait(false);
        if (args.Contains("--json", StringComparer.Ordinal) && args[0] == "asn1")
        {
            await output.WriteLineAsync(Asn1Failure.Document(args, "usage", Failures.OneLine(parsed.Errors[0].Message))).ConfigureAwait(false);
        }
        else if (args.Contains("--json", StringComparer.Ordinal) && args[0] != "demo")
        {
            await output.WriteLineAsync(JsonText.Error("usage", Failures.OneLine(parsed.Errors[0].Message))).ConfigureAwait(false);
        }
        else if (args.Contains("--json", StringComparer.Ordinal))
        {
            var report = DemoReport.Failed("", [], [], Failures.OneLine(parsed.Errors[0].Message));
            await output.WriteLineAsync(JsonSerializer.Serialize(report, DemoJson.Default.DemoReport)).ConfigureAwait(false);
        }

        return ExitCodes.Usage;
    }
}
