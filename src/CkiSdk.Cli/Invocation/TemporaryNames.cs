namespace CkiSdk.Cli.Invocation;

/// <summary>Names what takes the place of a file or folder when it is whole.</summary>
internal static class TemporaryNames
{
    /// <summary>Names something beside a file or folder. Nobody can guess the name, so that nobody finds it taken by a link or a file of somebody else.</summary>
    /// <param name="path">What it will replace.</param>
    public static string Beside(string path) => $"{path.TrimEnd(Path.DirectorySeparatorChar)}.{Path.GetRandomFileName()}.new";
}
