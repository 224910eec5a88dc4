using System.CommandLine;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Authorities;

/// <summary>Is <c>cki tlcma</c>: a top level CMA in its home.</summary>
internal static class TlcmaCommand
{
    /// <summary>Creates the command with those below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) =>
        new ExampleCommand("tlcma", "Runs a top level CMA, which supplies CMAs with certificates and interoperability keys.", "cki tlcma run --home top")
        {
            InitCommand.Create(HomeKind.Tlcma, output, error),
            RenewCommand.Create(HomeKind.Tlcma, output, error),
            RunCommand.Create(HomeKind.Tlcma, output, error),
            StatusCommand.Create(HomeKind.Tlcma, output, error),
            PeerCommand.Create(HomeKind.Tlcma, output, error),
        };
}
