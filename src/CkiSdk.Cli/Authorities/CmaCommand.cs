using System.CommandLine;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Authorities;

/// <summary>Is <c>cki cma</c>: a certificate management authority in its home.</summary>
internal static class CmaCommand
{
    /// <summary>Creates the command with those below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) =>
        new ExampleCommand("cma", "Runs a certificate management authority: its domain, users and peers.", "cki cma run --home a")
        {
            InitCommand.Create(HomeKind.Cma, output, error),
            JoinCommand.Create(output, error),
            RenewCommand.Create(HomeKind.Cma, output, error),
            RunCommand.Create(HomeKind.Cma, output, error),
            StatusCommand.Create(HomeKind.Cma, output, error),
            CmaUserCommand.Create(output, error),
            PeerCommand.Create(HomeKind.Cma, output, error),
        };
}
