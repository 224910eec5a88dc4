using System.CommandLine;

namespace CkiSdk.Cli.Homes;

/// <summary>Makes the options that the commands of homes share.</summary>
internal static class HomeOptions
{
    /// <summary>Makes <c>--home DIR</c>.</summary>
    /// <param name="whose">Whose home it is.</param>
    public static Option<string> Home(string whose) => new("--home") { Description = $"The folder of {whose}.", HelpName = "DIR", Required = true };

    /// <summary>Makes <c>--card FILE</c>.</summary>
    public static Option<string> Card() => new("--card") { Description = "The card of the other party, which came by a way that nobody can change: compare its fingerprint.", HelpName = "FILE", Required = true };
}
