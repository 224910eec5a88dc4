using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Is one connection with its prepared statements; one thread at a time uses it.</summary>
internal sealed class SqliteSession : IDisposable
{
    // How long one waits for another process to finish its transaction.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>Opens an existing file.</summary>
    /// <exception cref="SqliteException">SQLite cannot open it.</exception>
    public SqliteSession(string path)
    {
        // The pool of sessions is our own: Microsoft's would keep files open after the store is closed.
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = (int)Patience.TotalSeconds,
        };
        _connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            _connection.Open();
            raw.sqlite3_busy_timeout(_connection.Handle, (int)Patience.TotalMilliseconds);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Gets whether a transaction is open; some errors, such as a full disk, end it.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Gets SQLite's own handle of the connection, good as long as the session is open.</summary>
    public IntPtr Handle => _connection.Handle!.DangerousGetHandle();

    /// <summary>Gets what is remembered within a transaction.</summary>
    public GroupState Group { get; } = new();

    /// <summary>Begins a transaction that may write, and waits while another process has one.</summary>
    public void Begin()
    {
        // SQLite's own waiting sleeps up to 100 ms at a time, and a busy neighbour leaves only short gaps.
        raw.sqlite3_busy_timeout(_connection.Handle, 0);
        try
        {
            var start = Stopwatch.GetTimestamp();
            int code;
            while (IsBusy(code = raw.sqlite3_exec(_connection.Handle, "BEGIN IMMEDIATE")) && Stopwatch.GetElapsedTime(start) < Patience)
                Thread.Sleep(Random.Shared.Next(1, 6));
            SqliteException.ThrowExceptionForRC(code, _connection.Handle);
            Group.Head = null;
        }
        finally
        {
            raw.sqlite3_busy_timeout(_connection.Handle, (int)Patience.TotalMilliseconds);
        }
    }

    /// <summary>Returns how many pages were written since the last call.</summary>
    public int TakePagesWritten()
    {
        const int CacheWrite = 9; // SQLITE_DBSTATUS_CACHE_WRITE
        raw.sqlite3_db_status(_connection.Handle, CacheWrite, out var written, out _, 1);
        return written;
    }

    /// <summary>Commits: when this returns, what was written is on the disk.</summary>
    public void Commit() => Run("COMMIT");

    /// <summary>Ends the transaction, if there is one, with nothing written.</summary>
    public void Rollback()
    {
        if (InTransaction) Run("ROLLBACK");
    }

    /// <summary>Runs statements without parameters.</summary>
    public void Run(string sql) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(_connection.Handle, sql), _connection.Handle);

    /// <summary>Runs one statement and returns the number of rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        Prepared(sql).Run(values);
        return raw.sqlite3_changes(_connection.Handle);
    }

    /// <summary>Returns the first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) => Row(static row => row.Value(0), sql, values);

    /// <summary>Does the same, again and again while another process is in the way: SQLite itself does not wait where two could wait for each other, as when both of them create a file.</summary>
    public object? ScalarWithPatience(string sql)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return Scalar(sql);
            }
            catch (SqliteException exception) when (IsBusy(exception.SqliteErrorCode) && Stopwatch.GetElapsedTime(start) < Patience)
            {
                Thread.Sleep(Random.Shared.Next(1, 6));
            }
        }
    }

    /// <summary>Reads the first row; null where there is none.</summary>
    public T? Row<T>(Func<SqliteRow, T?> read, string sql, params ReadOnlySpan<object?> values)
        where T : class
    {
        var found = new Found<T>(read);
        Prepared(sql).Read(values, found, static (found, row) =>
        {
            found.Value = found.Read(row);
            return false;
        });
        return found.Value;
    }

    /// <summary>Reads all rows.</summary>
    public IReadOnlyList<T> Rows<T>(Func<SqliteRow, T> read, string sql, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        Prepared(sql).Read(values, (rows, read), static (state, row) =>
        {
            state.rows.Add(state.read(row));
            return true;
        });
        return rows;
    }

    /// <summary>Reads more than once, all of it as it is at one moment, although others write meanwhile.</summary>
    /// <remarks>It also keeps the pages: SQLite drops them at the end of each transaction of a reader that somebody has committed since.</remarks>
    public T AtOneMoment<T>(Func<T> read)
    {
        Run("BEGIN");
        try
        {
            return read();
        }
        finally
        {
            Rollback();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _connection.Dispose();
    }

    private SqliteStatement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement)) _statements.Add(sql, statement = new SqliteStatement(_connection.Handle!, sql));
        return statement;
    }

    // The low octet of an extended code is the primary one.
    private static bool IsBusy(int code) => (code & 0xFF) == raw.SQLITE_BUSY;

    private sealed class Found<T>(Func<SqliteRow, T?> read)
    {
        public Func<SqliteRow, T?> Read { get; } = read;

        public T? Value { get; set; }
    }
}
