using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using CkiSdk.Asn1;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto.Software;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;
using CkiSdk.Storage.Sqlite;

namespace CkiSdk.Cli.Stores;

/// <summary>Makes homes of backups, after checking everything in them.</summary>
internal static class Restoration
{
    // A manifest names some files; a larger one is none.
    private const int LongestManifest = 64 << 20;

    /// <summary>Makes a home, whole or not at all.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="path">The folder of the home, which does not exist or is empty.</param>
    /// <param name="keyFile">The file with the key of the home, if that was a file in it; null for none.</param>
    /// <param name="keyUri">The URI of that key, if it is in a token; null for none.</param>
    /// <param name="digest">The SHA-256 that the backup must have, in hexadecimal; null where nobody has noted it.</param>
    /// <param name="cancellationToken">Stops it; nothing is left behind.</param>
    /// <exception cref="CommandException">The folder is in use, the backup is damaged, or the key does not open its keys.</exception>
    public static async Task<BackupManifest> RestoreAsync(string file, string path, string? keyFile, string? keyUri, string? digest, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(path);
        if (File.Exists(root) || (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any()))
        {
            throw CommandException.Usage($"The folder {root} is in use; a backup is restored into a new one.");
        }

        var temporary = TemporaryNames.Beside(root);
        try
        {
            Home.MakeFolder(temporary);
            var manifest = await UnpackAsync(file, digest, temporary, cancellationToken).ConfigureAwait(false);
            await CheckAsync(temporary, manifest, file, cancellationToken).ConfigureAwait(false);
            var home = TakeKey(Home.Open(temporary, HomeKind.Cma, HomeKind.Tlcma), file, keyFile, keyUri);
            using (await AuthorityIdentity.ReadAsync(home, CryptoProviders.Software, TimeProvider.System.GetUtcNow(), cancellationToken).ConfigureAwait(false))
            {
                // The key opens the keys.
            }

            await using (var store = await SqliteCmaStore.OpenAsync(home.PathOf(AuthorityHome.StoreFile), TimeProvider.System, cancellationToken).ConfigureAwait(false))
            {
                await store.ResumeAsync(home.Name, TimeProvider.System.GetUtcNow(), $"from a backup of {manifest.MadeAt:yyyy-MM-dd'T'HH:mm:ss'Z'}", cancellationToken).ConfigureAwait(false);
            }

            if (Directory.Exists(root))
            {
                Directory.Delete(root);
            }

            Directory.Move(temporary, root);
            return manifest;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException and not CmaStoreException)
        {
            throw CommandException.Usage($"{file} cannot be restored to {root}: {exception.Message}", exception);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private static async Task<BackupManifest> UnpackAsync(string file, string? digest, string root, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            if (digest is not null && !string.Equals(digest, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false)), StringComparison.OrdinalIgnoreCase))
            {
                throw new CommandException(ExitCodes.NotTrusted, $"{file} has not the SHA-256 that --sha256 says: it is another backup, or somebody has changed it. Nothing was restored.");
            }

            stream.Position = 0;
            await using var tar = new TarReader(stream);
            var manifest = await ReadManifestAsync(tar, file, cancellationToken).ConfigureAwait(false);
            var left = manifest.Files.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                // Only what the manifest names, each once, and no name that leads out of the home.
                if (!left.Remove(entry.Name, out var named) || entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !IsInHome(entry.Name) || entry.Length != named.Length)
                {
                    throw Damaged(file, $"it holds '{Failures.OneLine(entry.Name)}', which is not as its manifest says");
                }

                var target = Path.Combine(root, entry.Name);
                Home.MakeFolder(Path.GetDirectoryName(target)!);
                await ExtractAsync(entry, target, cancellationToken).ConfigureAwait(false);
            }

            return left.Count == 0 ? manifest : throw Damaged(file, $"{left.Keys.First()} is missing");
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw Damaged(file, exception.Message, exception);
        }
        catch (FileNotFoundException exception)
        {
            throw CommandException.NotFound($"There is no file {file}.", file, exception);
        }
    }

    private static async Task<BackupManifest> ReadManifestAsync(TarReader tar, string file, CancellationToken cancellationToken)
    {
        var entry = await tar.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false);
        if (entry is not { Name: BackupManifest.FileName, DataStream: { } data, Length: <= LongestManifest })
        {
            throw Damaged(file, "it does not begin with a manifest; it is no backup of this program");
        }

        var json = new byte[entry.Length];
        await data.ReadExactlyAsync(json, cancellationToken).ConfigureAwait(false);
        BackupManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(json, BackupJson.Default.BackupManifest);
            using var document = JsonDocument.Parse(json);
            if (HomeFiles.FindFault(document.RootElement, "$") is { } fault)
            {
                throw Damaged(file, $"its manifest cannot be read: {fault}");
            }
        }
        catch (JsonException exception)
        {
            throw Damaged(file, $"its manifest cannot be read: {JsonFault.Describe(exception, json)}", exception);
        }

        return manifest is { Version: BackupManifest.CurrentVersion } ? manifest
            : throw CommandException.Usage($"{file} has version {manifest?.Version}; this program knows version {BackupManifest.CurrentVersion}.");
    }

    private static bool IsInHome(string name) =>
        name.Split('/') is [var only] ? Backup.IsPlain(only) : name.Split('/') is [var folder, var inside] && FormerFiles.Folders.Contains(folder) && Backup.IsPlain(inside);

    private static async Task ExtractAsync(TarEntry entry, string target, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new FileStream(target, options);
        await (entry.DataStream?.CopyToAsync(stream, cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        stream.Flush(flushToDisk: true);
    }

    private static async Task CheckAsync(string root, BackupManifest manifest, string file, CancellationToken cancellationToken)
    {
        foreach (var entry in manifest.Files)
        {
            if (await Backup.DescribeAsync(entry.Path, Path.Combine(root, entry.Path), cancellationToken).ConfigureAwait(false) != entry)
            {
                throw Damaged(file, $"{entry.Path} is not as it was written");
            }
        }

        try
        {
            var summary = await SqliteBackup.CheckAsync(Path.Combine(root, AuthorityHome.StoreFile), cancellationToken).ConfigureAwait(false);
            if ($"{summary.AuditHead}" != manifest.AuditHead || summary.Certificates != manifest.Certificates || summary.Serials != manifest.Serials)
            {
                throw Damaged(file, "its store is not the one that its manifest tells of");
            }
        }
        catch (CmaStoreException exception)
        {
            throw Damaged(file, exception.Message, exception);
        }
    }

    // Where the key comes from, whoever restores says and not the archive: what is in a token is reached by a module, which is a program, and a file is one of this home.
    private static Home TakeKey(Home home, string file, string? keyFile, string? keyUri)
    {
        var (kind, place) = (home.Configuration.Key.Kind, home.Configuration.Key.Place);
        if (keyUri is not null != (kind == HomeKeySource.Token))
        {
            throw CommandException.Usage(keyUri is null
                ? "--key-uri is missing: the key of the home is in a token, and the backup alone does not decide by which module that is reached. Name its pkcs11: URI."
                : $"--key-uri: the key of this home comes from {kind} {place}.");
        }

        if (keyUri is not null)
        {
            return home.Reconfigure(home.Configuration with { Key = new HomeKeySource(HomeKeySource.Token, keyUri) });
        }

        if (kind != HomeKeySource.File || Path.IsPathRooted(place))
        {
            return keyFile is null ? home : throw CommandException.Usage($"--key-file: the key of this home comes from {kind} {place}.");
        }

        if (!Backup.IsPlain(place))
        {
            throw Damaged(file, $"it says that the key of the home was '{Failures.OneLine(place)}', which is no name of a file in it");
        }

        if (keyFile is null)
        {
            throw CommandException.Usage($"--key-file is missing: the key of the home was the file {place} in it, and backups do not hold it. Name the copy that was kept elsewhere.");
        }

        SecretFile.Write(home.PathOf(place), File.Exists(keyFile) ? SecretFile.Read(keyFile) : throw CommandException.NotFound($"There is no file {keyFile}.", keyFile));
        return home;
    }

    private static CommandException Damaged(string file, string why, Exception? exception = null) => new(ExitCodes.CheckFailed, $"{file} is damaged: {Failures.Sentence(why)} Nothing was restored.", exception);
}
