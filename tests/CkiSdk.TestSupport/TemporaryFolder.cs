using System.Diagnostics;

namespace CkiSdk.TestSupport;

/// <summary>Makes a new empty folder and deletes it with all its content on disposal.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(20);

    /// <summary>Creates the folder below the system's folder for temporary files, readable by its owner only.</summary>
    public TemporaryFolder() => FullPath = Directory.CreateTempSubdirectory("cki-test-").FullName;

    /// <summary>Gets the full path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>Gets the full path of a name inside the folder.</summary>
    public string PathOf(string name) => Path.Combine(FullPath, name);

    /// <summary>Writes a text file into the folder, with the folders above it, and returns its full path.</summary>
    public string WriteText(string name, string content)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A program that was ended may make a file yet, and then the folder is not empty.
        for (var clock = Stopwatch.StartNew(); Directory.Exists(FullPath);)
        {
            try
            {
                Directory.Delete(FullPath, recursive: true);
            }
            catch (IOException) when (clock.Elapsed < LongestEnd)
            {
                Thread.Sleep(50);
            }
        }
    }
}
