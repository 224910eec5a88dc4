using Npgsql;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Reads the columns of the row that a reader has reached.</summary>
internal readonly struct Row(NpgsqlDataReader reader)
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public long Number(int column) => reader.GetInt64(column);

    public int SmallNumber(int column) => reader.GetInt32(column);

    public bool Flag(int column) => reader.GetBoolean(column);

    public string Text(int column) => StoredText.Read(reader.GetString(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public IReadOnlyList<string> Texts(int column) => Array.ConvertAll(reader.GetFieldValue<string[]>(column), StoredText.Read);

    /// <summary>Reads octets; none where there are none.</summary>
    public byte[] Octets(int column) => !IsNull(column) && reader.GetFieldValue<byte[]>(column) is { Length: > 0 } octets ? octets : [];

    /// <summary>Reads a time, which is stored as the number of its ticks.</summary>
    public DateTimeOffset Time(int column) => new(Number(column), TimeSpan.Zero);
}
