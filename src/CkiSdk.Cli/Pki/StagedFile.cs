using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Cms.Streaming;

namespace CkiSdk.Cli.Pki;

/// <summary>Is a file that appears whole or not at all: it is written under a temporary name beside it and renamed when it is good.</summary>
internal sealed class StagedFile : IStagedOutput
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly bool _force;
    private readonly FileStream _file;
    private bool _isDone;

    private StagedFile(string path, bool force, bool isSecret)
    {
        (_path, _force) = (path, force);
        _temporary = TemporaryNames.Beside(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 0 };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(_temporary, options);
    }

    /// <inheritdoc/>
    public Stream Stream => _file;

    /// <summary>Creates the temporary file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="force">Whether a file may be overwritten.</param>
    /// <param name="isSecret">Whether only its owner may read it, from its first octet on.</param>
    /// <exception cref="CommandException">The file exists or cannot be written.</exception>
    public static StagedFile Create(string path, bool force, bool isSecret)
    {
        if (!force && File.Exists(path))
        {
            throw CommandException.Usage($"The file {path} exists; --force overwrites it.", code: "file-exists");
        }

        try
        {
            return new StagedFile(path, force, isSecret);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandException.Usage($"The file {path} cannot be written: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(CancellationToken cancellationToken = default)
    {
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync().ConfigureAwait(false);
        try
        {
            File.Move(_temporary, _path, _force);
            _isDone = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"The file {_path} cannot be written: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        if (!_isDone)
        {
            File.Delete(_temporary);
        }
    }
}
