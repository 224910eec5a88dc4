using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace CkiSdk.Cli.Invocation;

/// <summary>Makes options whose value is a whole number within bounds; what is no such number is refused with the bounds, before anything is done.</summary>
internal static class NumberOptions
{
    /// <summary>Makes an option that has a usual value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="usual">The value where it does not stand.</param>
    /// <param name="least">The least value.</param>
    /// <param name="most">The highest value.</param>
    /// <param name="description">What it means.</param>
    public static Option<int> Make(string name, int usual, int least, int most, string description) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual, CustomParser = result => Parse(result, name, least, most) };

    /// <summary>Makes an option that may be left out.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="least">The least value; there is no highest.</param>
    /// <param name="description">What it means.</param>
    /// <typeparam name="T">The type of the number.</typeparam>
    public static Option<T?> MakeOptional<T>(string name, T least, string description)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        new(name) { Description = description, HelpName = "N", CustomParser = result => Parse(result, name, least, T.MaxValue) };

    private static T Parse<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (result.Tokens is [var word] && T.TryParse(word.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError(most == T.MaxValue ? $"{name}: a number from {least} up." : $"{name}: a number from {least} to {most}.");
        return default;
    }
}
