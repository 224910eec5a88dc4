using System.CommandLine;

namespace CkiSdk.Cli.Routes;

/// <summary>Is the option <c>--route</c>: how another party is reached.</summary>
internal static class RouteOption
{
    private const string Name = "--route";

    /// <summary>Creates the option.</summary>
    /// <param name="whom">Who is reached.</param>
    public static Option<string?> Create(string whom) =>
        new(Name) { Description = $"How {whom} is reached from here: {Route.Forms}. Default: what its card says.", HelpName = "ROUTE" };

    /// <summary>Reads it; null where it is not there.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option.</param>
    /// <exception cref="Invocation.CommandException">It is no route.</exception>
    public static Route? Read(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } text ? Route.Parse(text, Name) : null;
}
