using CkiSdk.Pki.Cms.Streaming;

namespace CkiSdk.Cli.Pki;

/// <summary>Holds what goes to the standard output in a nameless temporary file until it is good.</summary>
internal sealed class StagedStandardOutput : IStagedOutput
{
    private readonly FileStream _file = new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        Options());

    /// <inheritdoc/>
    public Stream Stream => _file;

    /// <inheritdoc/>
    public async ValueTask CommitAsync(CancellationToken cancellationToken = default)
    {
        _file.Position = 0;
        await using var output = Console.OpenStandardOutput();
        await _file.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
