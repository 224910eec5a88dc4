using System.CommandLine;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Asn1;

/// <summary>Makes the arguments and options that the commands of <c>cki asn1</c> share.</summary>
internal static class Asn1Arguments
{
    /// <summary>Makes the argument for files and folders of modules.</summary>
    public static Argument<string[]> Paths() =>
        new("PATH") { Description = "A file, or a folder: all .asn1 and .asn files below it.", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Makes the option for places of other modules.</summary>
    public static Option<string[]> Library() => new("--asn1")
    {
        Description = "Where to look for modules that are imported, besides the files given, their folders, and the built-in modules.",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Makes the option for JSON.</summary>
    /// <param name="description">What it does.</param>
    public static Option<bool> Json(string description) => new("--json") { Description = description };

    /// <summary>Tells the paths given from those of <c>--asn1</c>, which takes all words behind it: without any other path, the last one is meant.</summary>
    /// <param name="paths">The paths given.</param>
    /// <param name="more">The paths of <c>--asn1</c>.</param>
    /// <exception cref="CommandException">There is no path.</exception>
    public static (IReadOnlyList<string> Paths, IReadOnlyList<string> More) Split(string[]? paths, string[]? more) => (paths, more) switch
    {
        ({ Length: > 0 }, _) => (paths, more ?? []),
        (_, { Length: > 1 }) => ([more[^1]], more[..^1]),
        _ => throw CommandException.Usage("PATH is missing: name a file, or a folder with .asn1 or .asn files."),
    };

    /// <summary>Makes the option for the type of an encoding.</summary>
    public static Option<string> Type() => new("--type") { Description = "The type of the value: Module.Type, or the type alone where only one module has it.", HelpName = "MODULE.TYPE", Required = true };

    /// <summary>Makes the argument for the file with a value.</summary>
    /// <param name="description">What is in it.</param>
    public static Argument<string?> File(string description) => new("FILE") { Description = description, Arity = ArgumentArity.ZeroOrOne, HelpName = "FILE|-" };

    /// <summary>Tells the file from the paths of <c>--asn1</c>, which takes all words behind it: without any other, the last one is meant.</summary>
    /// <param name="file">The file given.</param>
    /// <param name="more">The paths of <c>--asn1</c>.</param>
    /// <exception cref="CommandException">There is no file.</exception>
    public static (string File, IReadOnlyList<string> More) Split(string? file, string[]? more) => (file, more) switch
    {
        ({ Length: > 0 }, _) => (file, more ?? []),
        (_, { Length: > 1 }) => (more[^1], more[..^1]),
        _ => throw CommandException.Usage("FILE is missing: name a file, or - for the standard input."),
    };

    /// <summary>Writes a number with its word.</summary>
    /// <param name="count">The number.</param>
    /// <param name="word">The word for one.</param>
    public static string Count(int count, string word) => $"{count} {word}{(count == 1 ? "" : "s")}";
}
