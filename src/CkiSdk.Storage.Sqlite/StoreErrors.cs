using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Says in words what is wrong with a store's file and what to do.</summary>
internal static class StoreErrors
{
    /// <summary>Translates an error of SQLite.</summary>
    public static CmaStoreException Translate(string path, SqliteException exception) => new(path, Text(path, exception), exception);

    /// <summary>Reports damage that a check found.</summary>
    public static CmaStoreException Damaged(string path, string finding) => new(path, DamagedText(path, finding));

    /// <summary>Reports that the folder is missing or the file cannot be made in it.</summary>
    public static CmaStoreException NotCreated(string path, Exception exception) => new(
        path, $"The store '{path}' cannot be created: {exception.Message.TrimEnd('.')}. Name a folder that exists and that this program may write to.", exception);

    /// <summary>Reports a file that another program made.</summary>
    public static CmaStoreException Foreign(string path) => new(
        path, $"'{path}' is not a CMA's store but a database of another program. It was left as it is; name another file.");

    /// <summary>Reports a file that a newer version of this program made.</summary>
    public static CmaStoreException TooNew(string path, long version, int known) => new(
        path, $"The store '{path}' has schema version {version}, and this program knows versions up to {known}. It was left as it is; use the newer program.");

    private static string Text(string path, SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_CORRUPT => DamagedText(path, exception.Message),
        raw.SQLITE_NOTADB => $"'{path}' is not a CMA's store: it is no SQLite database, or its first octets are damaged. It was left as it is; name another file or restore a backup.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH =>
            $"The store '{path}' cannot be written ({exception.Message.TrimEnd('.')}). Let this program write to the file and to its folder.",
        raw.SQLITE_FULL => $"There is no room for the store '{path}'. What was reported as stored is safe, this operation is not stored; make room and repeat it.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"Another process has locked the store '{path}' for too long. Nothing was stored; end that process or repeat the operation.",
        raw.SQLITE_IOERR => $"The disk failed for the store '{path}' ({exception.Message.TrimEnd('.')}). This operation may not be stored; check the disk and restart.",
        _ => $"The store '{path}' failed: {exception.Message}",
    };

    private static string DamagedText(string path, string finding) =>
        $"The store '{path}' is damaged ({finding.TrimEnd('.')}). Stop the CMA, keep a copy of the file and of its -wal file, and restore a backup or recover it with 'sqlite3 {Path.GetFileName(path)} .recover'.";
}
