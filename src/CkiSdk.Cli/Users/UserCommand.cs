using System.CommandLine;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Users;

/// <summary>Is <c>cki user</c>: a user in his home.</summary>
internal static class UserCommand
{
    /// <summary>Creates the command with those below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) =>
        new ExampleCommand("user", "What a user does: enrols, seals files to users of any domain, opens them.", "cki user open --home b1 --in report.cki --out report.pdf")
        {
            EnrollCommand.Create(output, error),
            CertsCommand.Create(output, error),
            SealCommand.Create(output, error),
            OpenCommand.Create(output, error),
            KeyExportCommand.Create(output, error),
        };
}
