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
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

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
        }
        finally
        {
            raw.sqlite3_busy_timeout(_connection.Handle, (int)Patience.TotalMilliseconds);
        }
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
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Returns the first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) =>
        Bind(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>Reads the first row; null where there is none.</summary>
    public T? Row<T>(Func<SqliteDataReader, T> read, string sql, params ReadOnlySpan<object?> values)
        where T : class
    {
        using var reader = Bind(sql, values).ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>Reads all rows.</summary>
    public IReadOnlyList<T> Rows<T>(Func<SqliteDataReader, T> read, string sql, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        _connection.Dispose();
    }

    // The values are those of $1, $2, … in the statement.
    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // All texts are constants of this project.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    // The low octet of an extended code is the primary one.
    private static bool IsBusy(int code) => (code & 0xFF) == raw.SQLITE_BUSY;
}
