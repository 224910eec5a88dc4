using System.Text;

namespace CkiSdk.Transports.Spool;

/// <summary>Is a spool in a folder of this machine, or of one that is mounted here.</summary>
/// <remarks>
/// A file is written under a name that begins with a dot, brought to the disk and renamed; whoever may read the folder that it is in may read it, whatever the umask, so that users and the CMA need not be one account. Who handles a message holds its file locked meanwhile (<c>flock</c>); a process that dies lets go of it.
/// Whoever disposes of it need not: it holds nothing.
/// </remarks>
public sealed class SpoolFolder : SpoolPlace
{
    private const UnixFileMode Readers = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string _path;

    /// <summary>Names the folder; it is made where it is missing, when it is used.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public SpoolFolder(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
    }

    /// <inheritdoc/>
    internal override TimeSpan Interval => TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public override string ToString() => _path;

    /// <inheritdoc/>
    internal override ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var folder in (string[])[SpoolNames.In, SpoolNames.Out, SpoolNames.Done, SpoolNames.Failed]) Directory.CreateDirectory(FolderOf(folder));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    internal override ValueTask<IReadOnlyList<string>> WaitingAsync(CancellationToken cancellationToken)
    {
        var files = new DirectoryInfo(FolderOf(SpoolNames.In)).EnumerateFiles("*" + SpoolNames.Message).Where(file => !file.Attributes.HasFlag(FileAttributes.ReparsePoint));
        return new([.. files.Select(file => SpoolNames.Of(file.Name)).OfType<string>().Order(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    internal override ValueTask<SpoolClaim?> ClaimAsync(string name, int limit, CancellationToken cancellationToken) =>
        new(Hold(name) is { } file ? new Claim(this, name, file, ReadAtMost(file, limit)) : null);

    /// <inheritdoc/>
    internal override async ValueTask SendAsync(string name, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken).ConfigureAwait(false);
        Write(PathOf(SpoolNames.In, name, SpoolNames.Message), octets.Span);
    }

    /// <inheritdoc/>
    internal override ValueTask<SpoolReply?> ReadAsync(string name, int limit, CancellationToken cancellationToken)
    {
        // The answer is there before the message is gone from in; of a refusal the words are.
        var (answer, time, refusal) = (PathOf(SpoolNames.Out, name, SpoolNames.Message), PathOf(SpoolNames.Out, name, SpoolNames.Time), PathOf(SpoolNames.Failed, name, SpoolNames.Words));
        return new(
            File.Exists(answer) ? new SpoolReply(RegularFile.ReadAtMost(answer, limit), File.Exists(time) ? SpoolReply.ToTime(RegularFile.ReadAtMost(time, SpoolReply.TimeLimit)) : null, null)
            : File.Exists(refusal) ? new SpoolReply(null, null, Encoding.UTF8.GetString(RegularFile.ReadAtMost(refusal, SpoolReply.RefusalLimit)))
            : null);
    }

    /// <inheritdoc/>
    internal override ValueTask<bool> IsWaitingAsync(string name, CancellationToken cancellationToken) => new(File.Exists(PathOf(SpoolNames.In, name, SpoolNames.Message)));

    /// <inheritdoc/>
    internal override ValueTask WithdrawAsync(string name, CancellationToken cancellationToken)
    {
        using var file = Hold(name);
        if (file is not null) File.Delete(PathOf(SpoolNames.In, name, SpoolNames.Message));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    internal override ValueTask ForgetAsync(string name, CancellationToken cancellationToken)
    {
        File.Delete(PathOf(SpoolNames.Out, name, SpoolNames.Message));
        File.Delete(PathOf(SpoolNames.Out, name, SpoolNames.Time));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    internal override ValueTask PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        foreach (var folder in (string[])[SpoolNames.In, SpoolNames.Out, SpoolNames.Done, SpoolNames.Failed])
        {
            // In in only what somebody wrote who died before it appeared; nowhere what is none of a spool's files.
            foreach (var file in new DirectoryInfo(FolderOf(folder)).EnumerateFiles("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }))
            {
                if ((folder == SpoolNames.In ? SpoolNames.IsTemporary(file.Name) : SpoolNames.IsOfSpool(file.Name)) && file.LastWriteTimeUtc < before.UtcDateTime) file.Delete();
            }
        }

        return ValueTask.CompletedTask;
    }

    // Locked for everybody else as long as it is open. Who opened it before it was moved away gets the lock after it was: it is not there any more. A pipe or a device is no message.
    private FileStream? Hold(string name)
    {
        var path = PathOf(SpoolNames.In, name, SpoolNames.Message);
        try
        {
            var file = OpenLocked(path);
            if (file is { CanSeek: true } && File.Exists(path)) return file;
            file?.Dispose();
        }
        catch (IOException)
        {
            // Another one was faster.
        }

        return null;
    }

    // Of another account's file one may have to do with reading it. Where it may be written, too, the lock holds on network file systems as well.
    private static FileStream? OpenLocked(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (UnauthorizedAccessException)
        {
            return RegularFile.Hold(path);
        }
    }

    private string PathOf(string folder, string name, string ending) => Path.Combine(FolderOf(folder), name + ending);

    // Whoever may write beside the four folders could let one of them lead to the files of others, such as those of the authority's home.
    private string FolderOf(string folder)
    {
        var path = Path.Combine(_path, folder);
        return new DirectoryInfo(path).LinkTarget is null ? path : throw new IOException($"{path} is a link; the folders of a spool are folders.");
    }

    private static byte[] ReadAtMost(FileStream file, int limit)
    {
        var octets = new byte[(int)Math.Min(file.Length, limit + 1L)];
        return octets[..file.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false)];
    }

    private static void Write(string path, ReadOnlySpan<byte> octets)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = Path.Combine(folder, SpoolNames.NewTemporary());
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, (File.GetUnixFileMode(folder) & Readers) | UnixFileMode.UserRead | UnixFileMode.UserWrite);
                file.Write(octets);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private sealed class Claim(SpoolFolder spool, string name, FileStream file, byte[] octets) : SpoolClaim
    {
        public override ReadOnlyMemory<byte> Octets => octets;

        public override ValueTask<bool> HasAnswerAsync(CancellationToken cancellationToken) => new(File.Exists(spool.PathOf(SpoolNames.Out, name, SpoolNames.Message)));

        public override ValueTask AnswerAsync(ReadOnlyMemory<byte> answer, DateTimeOffset? checkBack, CancellationToken cancellationToken)
        {
            if (checkBack is { } time) Write(spool.PathOf(SpoolNames.Out, name, SpoolNames.Time), SpoolReply.FromTime(time));
            Write(spool.PathOf(SpoolNames.Out, name, SpoolNames.Message), answer.Span);
            return PutAwayAsync(cancellationToken);
        }

        public override ValueTask PutAwayAsync(CancellationToken cancellationToken) => MoveAsync(SpoolNames.Done);

        public override ValueTask RefuseAsync(string text, CancellationToken cancellationToken)
        {
            Write(spool.PathOf(SpoolNames.Failed, name, SpoolNames.Words), Encoding.UTF8.GetBytes(text));
            return MoveAsync(SpoolNames.Failed);
        }

        public override ValueTask DisposeAsync() => file.DisposeAsync();

        private ValueTask MoveAsync(string folder)
        {
            File.Move(spool.PathOf(SpoolNames.In, name, SpoolNames.Message), spool.PathOf(folder, name, SpoolNames.Message), overwrite: true);
            return ValueTask.CompletedTask;
        }
    }
}
