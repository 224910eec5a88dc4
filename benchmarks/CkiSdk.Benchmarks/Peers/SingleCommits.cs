using Microsoft.Data.Sqlite;

namespace CkiSdk.Benchmarks.Peers;

/// <summary>Stores certificates as one does at first: each in a transaction of its own, with the same durability.</summary>
internal sealed class SingleCommits : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _reserve;
    private readonly SqliteCommand _commit;

    /// <summary>Makes the file.</summary>
    public SingleCommits(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using var schema = _connection.CreateCommand();
        schema.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE serials (serial BLOB PRIMARY KEY, id TEXT) WITHOUT ROWID;
            CREATE TABLE answers (id TEXT PRIMARY KEY, body BLOB);
            CREATE TABLE certificates (serial BLOB PRIMARY KEY, encoded BLOB);
            """;
        schema.ExecuteNonQuery();
        _reserve = Command("INSERT INTO serials VALUES ($serial, $id)", "$serial", "$id");
        _commit = Command(
            "BEGIN IMMEDIATE; INSERT INTO answers VALUES ($id, $body); INSERT INTO certificates VALUES ($serial, $encoded); COMMIT",
            "$serial", "$id", "$body", "$encoded");
    }

    /// <summary>Takes the serial number, then stores the answer and the certificate.</summary>
    public void Issue(byte[] serial, string id, byte[] body, byte[] encoded)
    {
        Run(_reserve, serial, id);
        Run(_commit, serial, id, body, encoded);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reserve.Dispose();
        _commit.Dispose();
        _connection.Dispose();
    }

    private static void Run(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The texts are those above.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var parameter in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        return command;
    }
}
