namespace CkiSdk.Asn1;

/// <summary>Gives a TIME the one form that DER has for it: a point before fractions, and no minutes in a difference to UTC of whole hours. The compiler and the run-time share it.</summary>
internal static class IsoTimeForm
{
    /// <summary>Gives the form.</summary>
    public static string Canonical(string text)
    {
        var parts = text.Replace(',', '.').Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (HasZeroMinutes(parts[i]))
                parts[i] = parts[i].Substring(0, parts[i].Length - 3);
        }

        return string.Join("/", parts);
    }

    /// <summary>Tells whether a text has the form already.</summary>
    public static bool IsCanonical(string text) => Canonical(text) == text;

    // 15:27+01:00, but not the date 1985-04 nor the time 15:00.
    private static bool HasZeroMinutes(string part) =>
        part.Length > 6 && part.EndsWith(":00", StringComparison.Ordinal) && (part[part.Length - 6] == '+' || part[part.Length - 6] == '-');
}
