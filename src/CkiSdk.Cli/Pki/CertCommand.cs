using System.CommandLine;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki cert</c>.</summary>
internal static class CertCommand
{
    /// <summary>Creates the command with those below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) =>
        new ExampleCommand("cert", "Issues, shows, checks and verifies certificates.", "cki pki cert verify --trust root.pem --purpose tls-server --name www.example server.pem")
        {
            CertIssueCommand.Create(output, error),
            CertInspectCommand.Create(output, error),
            CertLintCommand.Create(output, error),
            CertVerifyCommand.Create(output, error),
        };
}
