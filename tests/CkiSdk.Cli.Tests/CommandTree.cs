using System.CommandLine;

namespace CkiSdk.Cli.Tests;

/// <summary>Walks over commands.</summary>
internal static class CommandTree
{
    /// <summary>Lists what is below a command, each with the words that lead to it.</summary>
    public static IEnumerable<(string Path, Command Command)> Below(Command command) => Below("", command);

    private static IEnumerable<(string Path, Command Command)> Below(string path, Command command) => command.Subcommands.SelectMany(below =>
    {
        var name = path.Length == 0 ? below.Name : $"{path} {below.Name}";
        return Below(name, below).Prepend((name, below));
    });
}
