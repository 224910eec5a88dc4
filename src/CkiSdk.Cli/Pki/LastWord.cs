using System.CommandLine;
using System.CommandLine.Parsing;

namespace CkiSdk.Cli.Pki;

/// <summary>Finds the argument of a command behind options that take several words: where none is left for it, it is the last of their words.</summary>
internal static class LastWord
{
    /// <summary>Finds the word that the argument lost to an option.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="argument">The argument, which need not be there.</param>
    /// <param name="options">The options that take several words.</param>
    /// <returns>The word; null if the argument has one of its own, or the option would have none left.</returns>
    public static Token? Of(ParseResult parsed, Argument<string?> argument, IEnumerable<Option> options)
    {
        if (parsed.GetValue(argument) is not null)
        {
            return null;
        }

        var words = options.Select(option => parsed.GetResult(option)?.Tokens ?? []).ToList();
        var last = parsed.Tokens.LastOrDefault(token => words.Exists(some => some.Any(word => ReferenceEquals(word, token))));
        return words.Exists(some => some.Count > 1 && ReferenceEquals(some[^1], last)) ? last : null;
    }

    /// <summary>Gives the words of an option.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option.</param>
    /// <param name="except">The word that belongs to the argument; null for none.</param>
    public static string[] Without(ParseResult parsed, Option<string[]> option, Token? except) =>
        [.. parsed.GetResult(option)?.Tokens.Where(word => !ReferenceEquals(word, except)).Select(word => word.Value) ?? []];
}
