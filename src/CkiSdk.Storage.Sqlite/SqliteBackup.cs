using CkiSdk.Protocol.Storage;
using Microsoft.Data.Sqlite;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Copies stores while they are in use, and checks copies. An authority goes on with a copy after <see cref="CmaStoreExtensions.ResumeAsync"/>.</summary>
public static class SqliteBackup
{
    private const int EntriesAtOnce = 1_000;

    /// <summary>Copies a store, as it is at one moment, by SQLite's online backup; processes that use it go on.</summary>
    /// <param name="path">The store.</param>
    /// <param name="target">The copy, which must not exist yet; its owner alone may read it.</param>
    /// <param name="cancellationToken">Cancels the call before it has begun.</param>
    /// <exception cref="CmaStoreException">The store cannot be read, or the copy cannot be written; then there is none.</exception>
    public static Task CopyAsync(string path, string target, CancellationToken cancellationToken = default) => Task.Run(() => Copy(Path.GetFullPath(path), Path.GetFullPath(target)), cancellationToken);

    /// <summary>Checks every page and index of a store that nobody uses, and its whole audit log.</summary>
    /// <param name="path">The store.</param>
    /// <param name="cancellationToken">Cancels the call before it has begun.</param>
    /// <exception cref="CmaStoreException">It is damaged, or an entry of its audit log is not as it was written.</exception>
    public static Task<StoreSummary> CheckAsync(string path, CancellationToken cancellationToken = default) =>
        Task.Run(() => Use(Path.GetFullPath(path), session => Check(session, path)), cancellationToken);

    private static void Copy(string path, string target)
    {
        if (File.Exists(target)) throw new CmaStoreException(target, $"'{target}' exists already; a copy takes the place of nothing.");
        StoreFile.CreateIfMissing(target);
        try
        {
            using var from = Open(path, SqliteOpenMode.ReadOnly);
            using var to = Open(target, SqliteOpenMode.ReadWrite);
            from.BackupDatabase(to);

            // The copy is one file, without a log beside it.
            using var command = to.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = DELETE";
            command.ExecuteScalar();
        }
        catch (SqliteException exception)
        {
            File.Delete(target);
            throw StoreErrors.Translate(exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR ? target : path, exception);
        }
    }

    private static StoreSummary Check(SqliteSession session, string path)
    {
        if (session.Scalar("PRAGMA integrity_check(1)") is string damage and not "ok") throw StoreErrors.Damaged(path, damage);
        var finding = Verify(session);
        if (!finding.IsIntact) throw new CmaStoreException(path, $"The audit log of '{path}' is broken at entry {finding.BrokenAt}: {finding.Reason}.");
        return new StoreSummary(Count("users"), Count("certificates"), Count("serials"), finding.Entries, finding.Head);

        long Count(string table) => (long)session.Scalar($"SELECT count(*) FROM {table}")!;
    }

    // In parts: a log is as long as its authority is old.
    private static AuditFinding Verify(SqliteSession session)
    {
        for (var verifier = new AuditVerifier(); ;)
        {
            var (links, head) = AuditTrail.Read(session, verifier.Head.Number, EntriesAtOnce);
            verifier.Add(links);
            if (links.Count < EntriesAtOnce || verifier.Fault is not null) return verifier.Finish(head);
        }
    }

    private static T Use<T>(string path, Func<SqliteSession, T> body)
    {
        try
        {
            using var session = new SqliteSession(path);
            return body(session);
        }
        catch (SqliteException exception)
        {
            throw StoreErrors.Translate(path, exception);
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }
}
