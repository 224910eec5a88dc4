using System.CommandLine;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki key</c>.</summary>
internal static class KeyCommand
{
    /// <summary>Creates the command with those below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) =>
        new ExampleCommand("key", "Generates, shows and converts keys.", "cki pki key generate --key rsa:3072 --out key.pem")
        {
            KeyGenerateCommand.Create(output, error),
            KeyInspectCommand.Create(output, error),
            KeyConvertCommand.Create(output, error),
        };
}
