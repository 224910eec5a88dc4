namespace CkiSdk.Web.Pages;

/// <summary>Holds the style sheet of the pages.</summary>
internal static class StyleSheet
{
    /// <summary>Gets its text.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var reader = new StreamReader(typeof(StyleSheet).Assembly.GetManifestResourceStream("style.css")!);
        return reader.ReadToEnd();
    }
}
