using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Is a prepared statement of a session. It calls SQLite itself, because a command of the provider costs several times what most statements here do.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private const uint Persistent = 1; // SQLITE_PREPARE_PERSISTENT: it will be used again and again
    private const int LongestOnStack = 512;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _places; // of the value for $1, $2, …

    /// <summary>Prepares a statement.</summary>
    /// <exception cref="SqliteException">SQLite does not accept it.</exception>
    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Require(raw.sqlite3_prepare_v3(database, sql, Persistent, out _statement));

        // SQLite counts parameters as they first appear in the text.
        var count = raw.sqlite3_bind_parameter_count(_statement);
        _places = [.. Enumerable.Range(1, count).Select(number => raw.sqlite3_bind_parameter_index(_statement, $"${number}"))];
    }

    /// <summary>Runs it with values for $1, $2, … to its end.</summary>
    /// <exception cref="SqliteException">SQLite failed.</exception>
    public void Run(ReadOnlySpan<object?> values)
    {
        try
        {
            Bind(values);
            while (Step())
            {
            }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs it with values for $1, $2, … and gives each row to a function, until that wants no more.</summary>
    /// <exception cref="SqliteException">SQLite failed.</exception>
    public void Read<TState>(ReadOnlySpan<object?> values, TState state, Func<TState, SqliteRow, bool> take)
    {
        try
        {
            Bind(values);
            while (Step() && take(state, new SqliteRow(_statement)))
            {
            }
        }
        finally
        {
            Reset();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE) return code == raw.SQLITE_ROW;
        Require(code);
        return false;
    }

    // It returns the code of the failure that Step has reported already.
    private void Reset() => _ = raw.sqlite3_reset(_statement);

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) Require(Bind(_places[i], values[i]));
    }

    private int Bind(int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, place),
        long number => raw.sqlite3_bind_int64(_statement, place, number),
        int number => raw.sqlite3_bind_int64(_statement, place, number),
        string text => BindText(place, text),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, place, 0), // an empty span would be null
        ReadOnlyMemory<byte> { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, place, 0),
        ReadOnlyMemory<byte> octets => raw.sqlite3_bind_blob(_statement, place, octets.Span),
        byte[] octets => raw.sqlite3_bind_blob(_statement, place, octets),
        _ => throw new ArgumentException($"No column holds a {value.GetType().Name}.", nameof(value)),
    };

    private int BindText(int place, string text)
    {
        if (text.Length == 0) return raw.sqlite3_bind_text(_statement, place, text);
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var octets = most <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[most];
        return raw.sqlite3_bind_text(_statement, place, octets[..Encoding.UTF8.GetBytes(text, octets)]);
    }

    private void Require(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
