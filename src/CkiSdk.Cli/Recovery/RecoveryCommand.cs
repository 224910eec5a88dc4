using System.CommandLine;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Recovery;

/// <summary>Is <c>cki recovery</c>: keys of users who are gone, under rules, by two people who agree (CKI Part 2 §III.H).</summary>
internal static class RecoveryCommand
{
    /// <summary>Creates the command with those below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) =>
        new ExampleCommand("recovery", "Recovers the key of one certificate where two people approve it; off unless the CMA was made with --recovery.", "cki recovery list --home a")
        {
            RequestCommand.Create(output, error),
            CaseCommands.List(output, error),
            CaseCommands.Show(output, error),
            DecisionCommands.Approve(output, error),
            DecisionCommands.Refuse(output, error),
            TakeCommand.Create(output, error),
        };
}
