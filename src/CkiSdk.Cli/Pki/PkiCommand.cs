using System.CommandLine;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki</c>: keys, certificates and messages without any CMA.</summary>
internal static class PkiCommand
{
    /// <summary>Creates the command with those below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new ExampleCommand("pki", "Works with keys, certificates and protected messages.", "cki pki key generate --key ec:P-256 --out key.pem");
        Command[] commands =
        [
            KeyCommand.Create(output, error),
            TokenCommand.Create(output, error),
            CaCommand.Create(output, error),
            CsrCommand.Create(output, error),
            CertCommand.Create(output, error),
            CrlCommand.Create(output, error),
            SignCommand.Create(output, error),
            VerifyCommand.Create(output, error),
            EncryptCommand.Create(output, error),
            DecryptCommand.Create(output, error),
            ExchangeCommand.Create(output, error),
        ];
        foreach (var below in commands)
        {
            command.Subcommands.Add(below);
        }

        return command;
    }
}
