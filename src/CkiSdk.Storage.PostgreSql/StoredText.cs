namespace CkiSdk.Storage.PostgreSql;

/// <summary>Writes texts so that PostgreSQL, which knows no U+0000, holds each of them: U+0000 is stored as U+0001 '0', U+0001 as U+0001 '1'.</summary>
internal static class StoredText
{
    /// <summary>Gives the text that is stored.</summary>
    public static string Of(string text) =>
        text.AsSpan().IndexOfAny('\0', '\u0001') < 0 ? text : text.Replace("\u0001", "\u00011", StringComparison.Ordinal).Replace("\0", "\u00010", StringComparison.Ordinal);

    /// <summary>Gives the text that was stored.</summary>
    public static string Read(string stored) =>
        !stored.Contains('\u0001', StringComparison.Ordinal) ? stored : stored.Replace("\u00010", "\0", StringComparison.Ordinal).Replace("\u00011", "\u0001", StringComparison.Ordinal);
}
