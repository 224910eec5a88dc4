using System.Diagnostics;

namespace CkiSdk.Cli.Invocation;

/// <summary>Lets one process at a time work in a folder.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Takes the lock, and waits while another process has it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What holds the lock until it is disposed of.</returns>
    /// <exception cref="CommandException">Another process has it for too long.</exception>
    public static async Task<FileStream> TakeAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "lock");
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (clock.Elapsed >= LongestWait)
            {
                throw CommandException.Usage($"Another process works in the folder of {path}.", exception, "folder-in-use");
            }
            catch (IOException)
            {
                await Task.Delay(20, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
