using System.CommandLine;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki token</c>: what tokens hold.</summary>
internal static class TokenCommand
{
    /// <summary>Creates the command with those below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) =>
        new ExampleCommand("token", "Lists and fills PKCS #11 tokens: smart cards, USB tokens, HSMs.", "cki pki token list --module /usr/lib/softhsm/libsofthsm2.so")
        {
            TokenListCommand.Create(output, error),
            TokenCertsCommand.Create(output, error),
            TokenImportCommand.Create(output, error),
        };
}
