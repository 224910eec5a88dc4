using System.CommandLine;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Pki;

/// <summary>Makes the options that the commands of <c>cki pki</c> share.</summary>
internal static partial class PkiOptions
{
    /// <summary>Makes <c>--out FILE</c>.</summary>
    /// <param name="isRequired">Whether it must be there; else the standard output is meant.</param>
    public static Option<string> Out(bool isRequired = false) =>
        new("--out") { Description = isRequired ? "The file to write; - for the standard output." : "The file to write; default: the standard output.", HelpName = "FILE", Required = isRequired };

    /// <summary>Makes <c>--in FILE</c>.</summary>
    /// <param name="description">What the file is.</param>
    public static Option<string?> In(string description) => new("--in") { Description = description, HelpName = "FILE" };

    /// <summary>Makes the argument that names the file to look at.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What the file is.</param>
    public static Argument<string> File(string name, string description) => new(name) { Description = description + "; - for the standard input.", HelpName = name };

    /// <summary>Makes <c>--force</c>.</summary>
    public static Option<bool> Force() => new("--force") { Description = "Overwrite a file that exists." };

    /// <summary>Makes <c>--outform pem|der</c>.</summary>
    public static Option<string> OutForm()
    {
        var option = new Option<string>("--outform") { Description = "How to write.", DefaultValueFactory = _ => "pem" };
        option.AcceptOnlyFromAmong("pem", "der");
        return option;
    }

    /// <summary>Requires that the result goes to a file where the standard output is taken by a document.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="target">What <c>--out</c> says.</param>
    /// <exception cref="CommandException">Both would go to the standard output.</exception>
    public static void RequireFileForJson(ParseResult parsed, string? target)
    {
        if (target is null or "-" && PkiVerb.IsJson(parsed))
        {
            throw CommandException.Usage("--json prints its document to the standard output: name a file for the result by --out.");
        }
    }
}
