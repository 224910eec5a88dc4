using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CkiSdk.Cli.Invocation;

/// <summary>Prints the help of a command and behind it an example and the exit codes.</summary>
/// <param name="help">What prints the help.</param>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string Codes = """
        Exit codes:
          0    all went well
          1    what was checked has errors
          2    the command line is wrong, or a file or folder that it names cannot be used
          3    the other party said no
          4    not decided yet: ask again later
          5    no connection, or an address that cannot be listened at
          6    a certificate or a signature is not trusted
          7    what was looked for is not there
          8    all is well, but something expires soon
          70   a fault of the program or of its machine; CKI_DEBUG=1 shows where
          130  stopped by Ctrl-C or SIGTERM before it was done
        """;

    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        ["cki"] = "cki demo",
        ["asn1"] = "cki asn1 check modules",
        ["check"] = "cki asn1 check modules Extra.asn1 --asn1 ../shared --json",
        ["compile"] = "cki asn1 compile modules --output Generated --namespace Company.Messages",
        ["format"] = "cki asn1 format --check modules",
        ["decode"] = "cki asn1 decode --type AuthenticationFramework.Certificate --json cma.pem",
        ["encode"] = "cki asn1 encode --type Fleet.Rocket --asn1 Fleet.asn1 --output rocket.der rocket.json",
        ["dump"] = "cki asn1 dump cma.pem",
    };

    /// <summary>Puts the addition behind the help of a command and of those below it.</summary>
    /// <param name="root">The command.</param>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is HelpAction help)
            {
                option.Action = new HelpWithExamples(help);
            }
        }
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var name = command is RootCommand ? "cki" : command.Name;
        parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {(command is ExampleCommand { Example: var example } ? example : Examples[name])}\n\n{Codes}");
        return code;
    }
}
