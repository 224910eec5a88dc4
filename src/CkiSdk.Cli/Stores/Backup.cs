using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Routes;
using CkiSdk.Cli.Service;
using CkiSdk.Storage.Sqlite;

namespace CkiSdk.Cli.Stores;

/// <summary>Writes backups of authorities: tar files with a copy of the store and the files of the home, keys encrypted as they are there. The key of the home is not among them.</summary>
internal static class Backup
{
    private const string KeyEnding = ".key";
    private const string Encrypted = "ENCRYPTED PRIVATE KEY";
    private const string Begin = "-----BEGIN ";

    /// <summary>Tells whether a backup may hold a file of such a name.</summary>
    /// <param name="name">The name, without a folder.</param>
    public static bool IsPlain(string name) => name is not ("" or "." or "..") && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    /// <summary>Writes a backup, whole or not at all; authorities that run on the home go on.</summary>
    /// <param name="home">The home.</param>
    /// <param name="file">The file, which must not exist.</param>
    /// <param name="cancellationToken">Stops it; nothing is left behind.</param>
    /// <exception cref="CommandException">The file exists or cannot be written, or the store is no file of the home.</exception>
    public static async Task<BackupManifest> WriteAsync(Home home, string file, CancellationToken cancellationToken)
    {
        if (home.Configuration.Store is { } place)
        {
            throw CommandException.Usage($"The state of {home.Root} is in {place.Address}: back that up by PostgreSQL's own means (pg_dump, or a base backup with its log), and copy the folder.");
        }

        if (File.Exists(file) || Directory.Exists(file))
        {
            throw CommandException.Usage($"{file} exists already; a backup takes the place of nothing.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(file)))
        {
            throw CommandException.Usage($"The file {file} cannot be written: there is no folder {Path.GetDirectoryName(file)}.");
        }

        var (store, temporary) = (TemporaryNames.Beside(file), TemporaryNames.Beside(file));
        try
        {
            var now = TimeProvider.System.GetUtcNow();
            await SqliteBackup.CopyAsync(home.Require(AuthorityHome.StoreFile), store, cancellationToken).ConfigureAwait(false);
            var summary = await CheckAsync(home, store, cancellationToken).ConfigureAwait(false);
            var sources = FilesOf(home).Prepend((Path: AuthorityHome.StoreFile, Source: store)).ToArray();
            var files = new List<BackupFile>();
            foreach (var (path, source) in sources)
            {
                files.Add(await DescribeAsync(path, source, cancellationToken).ConfigureAwait(false));
            }

            var manifest = new BackupManifest
            {
                Version = BackupManifest.CurrentVersion,
                Name = home.Configuration.Name,
                MadeAt = now,
                Certificates = summary.Certificates,
                Serials = summary.Serials,
                AuditHead = $"{summary.AuditHead}",
                Files = files,
            };
            await WriteAsync(temporary, manifest, sources, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, file);
            return manifest;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException and not Storage.CmaStoreException)
        {
            throw CommandException.Usage($"The file {file} cannot be written: {exception.Message}", exception);
        }
        finally
        {
            File.Delete(store);
            File.Delete(temporary);
        }
    }

    private static async Task<StoreSummary> CheckAsync(Home home, string copy, CancellationToken cancellationToken)
    {
        try
        {
            return await SqliteBackup.CheckAsync(copy, cancellationToken).ConfigureAwait(false);
        }
        catch (Storage.CmaStoreException exception)
        {
            throw new CommandException(ExitCodes.CheckFailed, $"The store of {home.Root} is damaged, and no backup was written: {exception.Message.Replace(copy, home.PathOf(AuthorityHome.StoreFile), StringComparison.Ordinal)}", exception);
        }
    }

    /// <summary>Computes what a manifest says about a file.</summary>
    /// <param name="path">Its path in the home.</param>
    /// <param name="source">Where it is now.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<BackupFile> DescribeAsync(string path, string source, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(source);
        return new BackupFile(path, stream.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false)));
    }

    // What the program has made or reads there, by its name, and nothing that somebody has put beside it: the key of the home and passwords stay, in the clear as they are, and so does what is being written.
    private static IEnumerable<(string Path, string Source)> FilesOf(Home home)
    {
        var key = home.Configuration.Key is { Kind: HomeKeySource.File, Place: var place } ? Path.GetFullPath(home.PathOf(place)) : null;
        var own = NamesOf(home);
        return FormerFiles.Folders.Prepend("").Where(folder => Directory.Exists(home.PathOf(folder)))
            .SelectMany(folder => new DirectoryInfo(home.PathOf(folder)).EnumerateFiles().Where(found => folder.Length == 0 ? own.Contains(found.Name, StringComparer.Ordinal) : FormerFiles.Holds(folder, found.Name)))
            .Where(found => found.LinkTarget is null && found.FullName != key && IsPlain(found.Name) && HasNoKeyInTheClear(found.FullName))
            .Select(found => (Path.GetRelativePath(home.Root, found.FullName).Replace('\\', '/'), found.FullName)).Order();
    }

    // All that a home can have besides its store.
    private static string[] NamesOf(Home home)
    {
        string[] documents = [Home.ConfigurationFile, AuthorityHome.CardFile, SigningKeys.CardFile, ServiceSettings.FileName, MailSettings.FileName];
        string[] pairs = [AuthorityIdentity.AuthorityName, PartyIdentity.TlsName, PartyIdentity.EncryptionName, PartyIdentity.FormerEncryptionName, .. SigningKeys.NamesOf(home)];
        string[] named = MailAccountFile.AuthoritiesOf(home) is { } authorities ? [Path.GetRelativePath(home.Root, home.PathOf(authorities))] : [];
        return [.. documents, .. pairs.SelectMany(Home.FilesOf), .. named];
    }

    // Whatever stands before it, in the traditional encryption, too, and where the rest is no PEM.
    private static bool HasNoKeyInTheClear(string file)
    {
        var labels = File.ReadAllText(file).Split(Begin).Skip(1).Select(block => block.Split("-----")[0]).ToArray();
        return !labels.Any(label => label.EndsWith("PRIVATE KEY", StringComparison.Ordinal) && label != Encrypted) && (Path.GetExtension(file) != KeyEnding || labels.Contains(Encrypted));
    }

    private static async Task WriteAsync(string temporary, BackupManifest manifest, (string Path, string Source)[] sources, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new FileStream(temporary, options);
        await using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.BackupManifest));
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.FileName) { DataStream = json }, cancellationToken).ConfigureAwait(false);
            foreach (var (path, source) in sources)
            {
                await tar.WriteEntryAsync(source, path, cancellationToken).ConfigureAwait(false);
            }
        }

        stream.Flush(flushToDisk: true);
    }
}
