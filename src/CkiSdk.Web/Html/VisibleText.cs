using System.Globalization;
using System.Text;

namespace CkiSdk.Web.Html;

/// <summary>Shows what would not be seen: a name with characters that turn the direction of writing, or hide, must not look like another one.</summary>
internal static class VisibleText
{
    /// <summary>Puts <c>[U+XXXX]</c> in the place of control characters, of format characters such as U+202E, and of what has no place in Unicode text.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsVisible(rune))
            {
                shown.Append(rune.ToString());
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
            }
        }

        return shown.ToString();
    }

    /// <summary>Tells whether a text has only characters that are seen.</summary>
    /// <param name="text">The text.</param>
    public static bool IsVisibleText(string text) => text.EnumerateRunes().All(IsVisible);

    /// <summary>Shortens a text for a place that is narrow.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many characters it may have.</param>
    public static string Cut(string text, int most)
    {
        var runes = Of(text).EnumerateRunes().ToArray();
        return runes.Length <= most ? Of(text) : string.Concat(runes.Take(most - 1)) + "…";
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);
}
