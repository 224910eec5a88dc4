using System.Globalization;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Creates, checks and migrates a store's file.</summary>
internal static class StoreFile
{
    // "CKI1" in SQLite's header marks the file as ours.
    private const long ApplicationId = 0x434B4931;

    // Up to here a full check takes well under a second; what is larger is checked as it is read.
    private const long LargestCheckedFile = 64 << 20;

    private static readonly Lock Creation = new();

    /// <summary>Makes an empty file, readable and writable by its owner only, if there is none; SQLite gives its further files the same mode.</summary>
    /// <exception cref="CmaStoreException">The file cannot be made.</exception>
    public static void CreateIfMissing(string path)
    {
        // An existing file is not even opened: closing it would drop the locks that SQLite holds on it in this process (POSIX fcntl).
        // For the same reason nobody else in this process may find the new file before it is closed.
        lock (Creation)
        {
            if (!File.Exists(path)) Create(path);
        }
    }

    /// <summary>Brings the schema to the newest version and sets the session up for writing.</summary>
    /// <exception cref="CmaStoreException">The file is foreign, too new or damaged.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">SQLite failed.</exception>
    public static void Prepare(SqliteSession session, string path, IReadOnlyList<Migration> migrations)
    {
        Migrate(session, path, migrations);
        if (session.ScalarWithPatience("PRAGMA journal_mode = WAL") is not "wal")
            throw new CmaStoreException(path, $"The file system of the store '{path}' has no shared memory, so that write-ahead logging is impossible. Use a local disk.");
        session.Run("PRAGMA synchronous = FULL");
        Check(session, path);
    }

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            new FileStream(path, options).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process may have been faster.
            if (!File.Exists(path)) throw StoreErrors.NotCreated(path, exception);
        }
    }

    private static void Migrate(SqliteSession session, string path, IReadOnlyList<Migration> migrations)
    {
        // Of a new file only; others keep theirs. Four certificates leave an eighth of a page of SQLite's 4 KiB empty, and each page is written by calls of its own, to the log and to the file.
        session.Run("PRAGMA page_size = 8192");
        session.Begin();
        try
        {
            var version = Number(session, "PRAGMA user_version");
            var isNew = version == 0 && Number(session, "PRAGMA application_id") == 0 && Number(session, "SELECT count(*) FROM sqlite_schema") == 0;
            if (!isNew && Number(session, "PRAGMA application_id") != ApplicationId) throw StoreErrors.Foreign(path);
            if (version > migrations.Count) throw StoreErrors.TooNew(path, version, migrations.Count);
            if (isNew) session.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
            foreach (var migration in migrations.Where(migration => migration.Version > version))
            {
                session.Run(migration.Sql);
                migration.Complete?.Invoke(session);
                session.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {migration.Version}"));
            }

            session.Commit();
        }
        finally
        {
            session.Rollback();
        }
    }

    private static void Check(SqliteSession session, string path)
    {
        if (Number(session, "PRAGMA page_count") * Number(session, "PRAGMA page_size") > LargestCheckedFile) return;
        if (session.Scalar("PRAGMA quick_check(1)") is string finding and not "ok") throw StoreErrors.Damaged(path, finding);
    }

    private static long Number(SqliteSession session, string sql) => (long)session.Scalar(sql)!;
}
