using CkiSdk.TestSupport;
using Npgsql;

[assembly: AssemblyFixture(typeof(CkiSdk.Storage.PostgreSql.Tests.TestServer))]

namespace CkiSdk.Storage.PostgreSql.Tests;

/// <summary>Is the one server of this test program, started when it is first needed; each store has a schema of its own on it.</summary>
public sealed class TestServer : IDisposable
{
    private static readonly Lazy<PostgreSqlServer> Started = new(() => new PostgreSqlServer(isDurable: false));
    private static int _schemas;

    /// <summary>Makes an empty schema and returns the connection string that leads to it.</summary>
    public static string NewSchema()
    {
        var name = $"s{Interlocked.Increment(ref _schemas)}";
        Execute(Started.Value.ConnectionString(), $"CREATE SCHEMA {name}");
        return $"{Started.Value.ConnectionString()};Search Path={name}";
    }

    /// <summary>Runs a statement and returns the first column of its first row.</summary>
    public static object? Execute(string place, string sql)
    {
        using var connection = new NpgsqlConnection(place);
        connection.Open();
#pragma warning disable CA2100 // The texts are those of these tests.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        if (Started.IsValueCreated) Started.Value.Dispose();
    }
}
