using Microsoft.Data.Sqlite;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Reads columns as the records want them.</summary>
internal static class Columns
{
    public static byte[] Octets(this SqliteDataReader row, int column) => row.IsDBNull(column) ? [] : row.GetFieldValue<byte[]>(column);

    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset Time(this SqliteDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);
}
