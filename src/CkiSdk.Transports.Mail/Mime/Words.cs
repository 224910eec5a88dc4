using System.Globalization;

namespace CkiSdk.Transports.Mail.Mime;

/// <summary>Makes words that come from elsewhere fit for terminals and logs.</summary>
internal static class Words
{
    private const int Most = 500;

    /// <summary>Takes away controls, ends of lines and changes of direction, and what is too long.</summary>
    /// <param name="text">The words.</param>
    public static string Printable(string text) => string.Concat(text.Take(Most).Select(character => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : character));
}
