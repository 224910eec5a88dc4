namespace CkiSdk.TestSupport;

/// <summary>Finds files of the checkout that the tests were built from.</summary>
public static class Repository
{
    /// <summary>Gets the folder that holds CkiSdk.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>Gets the full path of a file or folder from its path below the root, written with slashes.</summary>
    public static string PathOf(string relative) => Path.Combine([Root, .. relative.Split('/')]);

    /// <summary>Reads a text file below the root.</summary>
    public static string ReadText(string relative) => File.ReadAllText(PathOf(relative));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CkiSdk.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No CkiSdk.sln above {AppContext.BaseDirectory}: tests run from inside the checkout.");
    }
}
