using System.CommandLine;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Cli.Pki;

/// <summary>Is the option <c>--allow</c>: old algorithms and forms that are accepted by name only.</summary>
internal static class AllowOption
{
    private static readonly Dictionary<string, LegacyAlgorithms> Algorithms = new(StringComparer.Ordinal)
    {
        ["sha1"] = LegacyAlgorithms.Sha1,
        ["dsa"] = LegacyAlgorithms.Dsa,
        ["small-exponents"] = LegacyAlgorithms.SmallExponents,
    };

    private static readonly Dictionary<string, PathPermissions> Forms = new(StringComparer.Ordinal)
    {
        ["v1"] = PathPermissions.Version1,
        ["loose-profile"] = PathPermissions.LooseProfile,
    };

    /// <summary>Makes the option where a request is read.</summary>
    public static Option<string?> ForRequests() => Make("Old algorithms that the request may be signed with", Algorithms.Keys);

    /// <summary>Makes the option where a path is validated.</summary>
    public static Option<string?> ForPaths() => Make("What is accepted besides", Algorithms.Keys.Concat(Forms.Keys));

    /// <summary>Reads the list for a request.</summary>
    /// <param name="list">The words; null for none.</param>
    /// <exception cref="CommandException">A word is unknown.</exception>
    public static LegacyAlgorithms ParseAlgorithms(string? list) => Words(list).Aggregate(
        LegacyAlgorithms.None, (all, word) => all | (Algorithms.TryGetValue(word, out var algorithm) ? algorithm : throw Unknown(word, Algorithms.Keys)));

    /// <summary>Reads the list for a path.</summary>
    /// <param name="list">The words; null for none.</param>
    /// <exception cref="CommandException">A word is unknown.</exception>
    public static (LegacyAlgorithms Algorithms, PathPermissions Permissions) Parse(string? list)
    {
        var (legacy, permissions) = (LegacyAlgorithms.None, PathPermissions.None);
        foreach (var word in Words(list))
        {
            legacy |= Algorithms.GetValueOrDefault(word);
            permissions |= Forms.GetValueOrDefault(word);
            if (!Algorithms.ContainsKey(word) && !Forms.ContainsKey(word))
            {
                throw Unknown(word, Algorithms.Keys.Concat(Forms.Keys));
            }
        }

        return (legacy, permissions);
    }

    private static Option<string?> Make(string what, IEnumerable<string> words) => new("--allow") { Description = $"{what}, with commas: {string.Join(", ", words)}.", HelpName = "LIST" };

    private static string[] Words(string? list) => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static CommandException Unknown(string word, IEnumerable<string> words) => CommandException.Usage($"--allow: '{word}' is none of {string.Join(", ", words)}.");
}
