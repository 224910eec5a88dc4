using System.CommandLine;
using CkiSdk.Cli.Demo;

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
        var root = new RootCommand("Confidentiality key infrastructure: keys, certificates and messages after CESG's CKI Part 2.")
        {
            DemoCommand.Create(output, error),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
            {
                await error.WriteLineAsync($"cki: {fault.Message}").ConfigureAwait(false);
            }

            await error.WriteLineAsync("cki: see 'cki --help'").ConfigureAwait(false);
            return ExitCodes.Usage;
        }

        if (args.Length == 0)
        {
            parsed = root.Parse("--help");
        }

        try
        {
            var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("cki: stopped").ConfigureAwait(false);
            return ExitCodes.Internal;
        }
    }
}
