using System.Runtime.CompilerServices;

namespace CkiSdk.TestSupport;

/// <summary>Compares text with a file that lies in the folder Snapshots next to the source of the test.</summary>
/// <remarks>With the environment variable <c>CKI_SNAPSHOTS=update</c> the files are written instead of compared; not when <c>CI=true</c>.</remarks>
public static class Snapshot
{
    /// <summary>Requires the text to equal the content of the snapshot, line ends aside.</summary>
    /// <param name="actual">The text as it is now.</param>
    /// <param name="name">The file's name with its extension, e.g. <c>choice.txt</c>.</param>
    /// <param name="source">The path of the calling source file; filled in by the compiler.</param>
    /// <exception cref="SnapshotException">The file is missing or its text differs.</exception>
    public static void Match(string actual, string name, [CallerFilePath] string source = "")
    {
        var file = Path.Combine(SourceFolder(source), "Snapshots", name);
        var text = Normalize(actual);
        if (IsUpdating)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
        else if (!File.Exists(file))
        {
            throw new SnapshotException($"The snapshot {file} is missing; make it with CKI_SNAPSHOTS=update. The text now:\n{text}");
        }
        else
        {
            Compare(Normalize(File.ReadAllText(file)), text, file);
        }
    }

    private static bool IsUpdating =>
        Environment.GetEnvironmentVariable("CKI_SNAPSHOTS") == "update" && Environment.GetEnvironmentVariable("CI") != "true";

    private static void Compare(string expected, string actual, string file)
    {
        if (expected == actual) return;
        var (before, after) = (expected.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < before.Length && line < after.Length && before[line] == after[line]) line++;
        throw new SnapshotException(
            $"{file} differs from line {line + 1} on.\n  snapshot: {LineAt(before, line)}\n  now:      {LineAt(after, line)}\nThe text now:\n{actual}");
    }

    private static string LineAt(string[] lines, int index) => index < lines.Length ? lines[index] : "(end)";

    private static string Normalize(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    // A deterministic build may map the checkout to /_/ in the paths that the compiler fills in.
    private static string SourceFolder(string source) =>
        Path.GetDirectoryName(source.StartsWith("/_/", StringComparison.Ordinal) ? Repository.PathOf(source[3..]) : source)!;
}
