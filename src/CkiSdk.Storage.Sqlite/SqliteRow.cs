using SQLitePCL;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Reads the columns of the row that a statement has reached.</summary>
internal readonly struct SqliteRow(sqlite3_stmt statement)
{
    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public bool Flag(int column) => Number(column) != 0;

    /// <summary>Reads a text; an empty one where there is none.</summary>
    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "";

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Reads octets; none where there are none.</summary>
    public byte[] Octets(int column) => Span(column).ToArray();

    /// <summary>Gives octets as SQLite has them, until the statement goes on.</summary>
    public ReadOnlySpan<byte> Span(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>Reads a time, which is stored as the number of its ticks.</summary>
    public DateTimeOffset Time(int column) => new(Number(column), TimeSpan.Zero);

    /// <summary>Reads whatever the column holds: a long, a double, a string, octets, or null.</summary>
    public object? Value(int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_INTEGER => Number(column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
        raw.SQLITE_TEXT => Text(column),
        raw.SQLITE_BLOB => Octets(column),
        _ => null,
    };
}
