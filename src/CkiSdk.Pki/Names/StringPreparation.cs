using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CkiSdk.Pki.Names;

/// <summary>Prepares texts for comparison without regard to case and white space (RFC 5280 §7.1, RFC 4518 §2).</summary>
internal static class StringPreparation
{
    /// <summary>Prepares a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="prepared">Equal for texts that match.</param>
    /// <returns><see langword="false"/> if the text holds what cannot be compared: it then equals only itself.</returns>
    public static bool TryPrepare(string text, [NotNullWhen(true)] out string? prepared)
    {
        prepared = FoldSpaces(text.ToLowerInvariant());
        return prepared.Length > 0;
    }

    private static string FoldSpaces(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c != ' ')
                folded.Append(c);
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }

        return folded.ToString().TrimEnd(' ');
    }
}
