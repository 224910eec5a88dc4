using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Core;

namespace CkiSdk.TestSupport;

/// <summary>Is how laws are checked with random values.</summary>
/// <remarks>
/// A usual run draws the same values each time, so that it fails for what was changed and not by chance. A long run draws others each time; a failure prints
/// the two numbers that lead to it again, and the environment variable CKI_SEED takes them, <c>CKI_SEED=12,345</c>.
/// </remarks>
public static class Laws
{
    private const string Usual = "20261126,11400714819323198485";

    /// <summary>Gets the two numbers that the values are drawn from, the second of which is odd, or <see langword="null"/> if they are drawn from others each time.</summary>
    public static string? Seed { get; } = Environment.GetEnvironmentVariable("CKI_SEED") is { Length: > 0 } given ? given : LongRun.Enabled ? null : Usual;

    /// <summary>Gets the configuration that every law starts from: it throws where a law does not hold.</summary>
    public static Config Config { get; } = Seed is null ? Config.QuickThrowOnFailure : Config.QuickThrowOnFailure.WithReplay(FSharpOption<Replay>.Some(Parse(Seed)));

    private static Replay Parse(string seed)
    {
        var numbers = seed.Trim('(', ')').Split(',');
        return new Replay(
            new Rnd(ulong.Parse(numbers[0], CultureInfo.InvariantCulture), ulong.Parse(numbers[1], CultureInfo.InvariantCulture)),
            numbers.Length > 2 ? FSharpOption<int>.Some(int.Parse(numbers[2], CultureInfo.InvariantCulture)) : FSharpOption<int>.None);
    }
}
