using System.CommandLine;

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

    /// <summary>Makes <c>--force</c>.</summary>
    public static Option<bool> Force() => new("--force") { Description = "Overwrite a file that exists." };

    /// <summary>Makes <c>--outform pem|der</c>.</summary>
    public static Option<string> OutForm()
    {
        var option = new Option<string>("--outform") { Description = "How to write.", DefaultValueFactory = _ => "pem" };
        option.AcceptOnlyFromAmong("pem", "der");
        return option;
    }

    /// <summary>Makes <c>--key FILE</c>, where a private key is read.</summary>
    public static Option<string> Key() => new("--key") { Description = "The file with the private key, PEM or DER; - for the standard input.", HelpName = "FILE", Required = true };
}
