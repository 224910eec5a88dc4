using Npgsql;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Is one connection; one caller at a time uses it. Statements are prepared by the driver once they come again.</summary>
/// <param name="connection">The connection, which the session closes or gives back to its pool.</param>
internal sealed class Session(NpgsqlConnection connection) : IAsyncDisposable
{
    private const int AsLongAsItTakes = 0; // the server's own limits hold: lock_timeout and the keep-alive of the connection

    private NpgsqlTransaction? _transaction;

    /// <summary>Gets whether the connection is still there.</summary>
    public bool IsOpen => connection.FullState == System.Data.ConnectionState.Open;

    /// <summary>Begins a transaction.</summary>
    public async ValueTask BeginAsync(System.Data.IsolationLevel level, CancellationToken cancellationToken = default) =>
        _transaction = await connection.BeginTransactionAsync(level, cancellationToken).ConfigureAwait(false);

    /// <summary>Commits: when this returns, what was written is on the server's disk.</summary>
    public async ValueTask CommitAsync()
    {
        await _transaction!.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the transaction, if there is one, with nothing written.</summary>
    public async ValueTask RollbackAsync()
    {
        if (_transaction is null) return;
        await _transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>Runs statements without parameters.</summary>
    public async ValueTask RunAsync(string sql)
    {
        await using var command = Command(sql, []);
        await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Runs one statement and returns the number of rows it changed.</summary>
    public async ValueTask<int> ExecuteAsync(string sql, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Returns the first column of the first row, or null.</summary>
    public async ValueTask<object?> ScalarAsync(string sql, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false) is var value and not DBNull ? value : null;
    }

    /// <summary>Reads the first row; null where there is none.</summary>
    public async ValueTask<T?> RowAsync<T>(Func<Row, T> read, string sql, params object?[] values)
        where T : class
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        return await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false) ? read(new Row(reader)) : null;
    }

    /// <summary>Reads all rows.</summary>
    public async ValueTask<IReadOnlyList<T>> RowsAsync<T>(Func<Row, T> read, string sql, params object?[] values)
    {
        var rows = new List<T>();
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false)) rows.Add(read(new Row(reader)));
        return rows;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null) await _transaction.DisposeAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask EndAsync()
    {
        await _transaction!.DisposeAsync().ConfigureAwait(false);
        _transaction = null;
    }

#pragma warning disable CA2100 // All texts are constants of this project; values go as parameters.
    private NpgsqlCommand Command(string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection, _transaction) { CommandTimeout = AsLongAsItTakes };
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = Stored(value) });
        return command;
    }
#pragma warning restore CA2100

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        string text => StoredText.Of(text),
        string[] texts => Array.ConvertAll(texts, StoredText.Of),
        _ => value,
    };
}
