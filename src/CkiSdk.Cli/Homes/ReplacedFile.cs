using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Homes;

/// <summary>Is a file with secrets that was written, perhaps over another one: unless it is kept it goes again, and the one of before is back.</summary>
internal sealed class ReplacedFile : IDisposable
{
    private readonly string _path;
    private readonly string? _before;
    private bool _isKept;

    private ReplacedFile(string path, string? before) => (_path, _before) = (path, before);

    /// <summary>Writes a file that only its owner may read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="octets">The content.</param>
    /// <returns>The file, which the caller keeps or disposes of.</returns>
    /// <exception cref="CommandException">It cannot be written; the one of before is there still.</exception>
    public static ReplacedFile Write(string path, ReadOnlySpan<byte> octets)
    {
        var before = PutAside(path);
        try
        {
            HomeFiles.Write(path, octets, isSecret: true);
            return new ReplacedFile(path, before);
        }
        catch
        {
            TakeBack(path, before);
            throw;
        }
    }

    /// <summary>Keeps the file: the one of before is gone.</summary>
    public void Keep()
    {
        _isKept = true;
        if (_before is not null)
        {
            File.Delete(_before);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isKept)
        {
            TakeBack(_path, _before);
        }
    }

    private static string? PutAside(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var before = TemporaryNames.Beside(path);
        try
        {
            File.Move(path, before);
            return before;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"The file {path} cannot be written: {exception.Message}", exception);
        }
    }

    private static void TakeBack(string path, string? before)
    {
        if (before is not null)
        {
            File.Move(before, path, overwrite: true);
        }
        else if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
