using System.CommandLine;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;

namespace CkiSdk.Cli.Pki;

/// <summary>Is the option <c>--algorithm</c>: how something is signed.</summary>
internal static class AlgorithmOption
{
    // SHA-1 and DSA are for verifying only.
    private static readonly string Names = string.Join(
        ", ", Enum.GetNames<SignatureAlgorithm>().Where(name => !name.EndsWith("Sha1", StringComparison.Ordinal) && !name.StartsWith("Dsa", StringComparison.Ordinal)));

    /// <summary>Makes the option.</summary>
    public static Option<string?> Make() =>
        new("--algorithm") { Description = $"The signature algorithm; default: what suits the key, for RSA PSS. One of {Names}.", HelpName = "NAME" };

    /// <summary>Gives the algorithm for a key.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="option">The option.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="CommandException">There is no such algorithm, or the key cannot do it.</exception>
    public static SignatureAlgorithm For(ParseResult parsed, Option<string?> option, ISigningKey key) => parsed.GetValue(option) is not { } name ? key.DefaultAlgorithm()
        : !Enum.TryParse<SignatureAlgorithm>(name, ignoreCase: true, out var algorithm) || char.IsAsciiDigit(name[0]) ? throw CommandException.Usage($"--algorithm: '{name}' is none of {Names}.")
        : key.Algorithms.Contains(algorithm) ? algorithm
        : throw CommandException.Usage($"--algorithm: the key does not sign by {algorithm}, but by {string.Join(", ", key.Algorithms)}.");
}
