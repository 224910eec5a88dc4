using CkiSdk.TestSupport;

namespace CkiSdk.Architecture.Tests;

/// <summary>Lists the files of the checkout, without what builds and tools leave behind.</summary>
internal static class Checkout
{
    private static readonly string[] Ignored = [".git", "bin", "obj", "artifacts", "TestResults", ".vs", ".idea", "tools"];
    private static readonly string[] TextExtensions =
        [".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".md", ".txt", ".sh", ".asn1", ".editorconfig", ".gitattributes", ".gitignore", ".yml", ".tsv", ".sql"];

    /// <summary>Gets the paths of all files, relative to the root and written with slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Repository.Root).Order(StringComparer.Ordinal)];

    /// <summary>Gets all files that hold text; files without an extension, such as .ci/run, are taken as text.</summary>
    public static IEnumerable<string> TextFiles =>
        Files.Where(file => Path.GetExtension(file) is var extension && (extension.Length == 0 || TextExtensions.Contains(extension)));

    /// <summary>Gets the C# files below a folder.</summary>
    public static IEnumerable<string> SourcesBelow(string folder) =>
        Files.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>Gets the project files below a folder.</summary>
    public static IEnumerable<string> ProjectsBelow(string folder) =>
        Files.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder)) yield return Relative(file);
        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            if (Ignored.Contains(Path.GetFileName(inner))) continue;
            foreach (var file in Walk(inner)) yield return file;
        }
    }

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
}
