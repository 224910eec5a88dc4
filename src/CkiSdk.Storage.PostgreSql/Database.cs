using Npgsql;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Gives connections, and waits for the server to come back as long as that makes sense.</summary>
internal sealed class Database : IAsyncDisposable
{
    // Enough for what is read beside the one connection that writes, and few enough for many processes on one server (max_connections is 100).
    private const int UsualPool = 12;

    // What was acknowledged must be on the disk. A process that stands still, or whose machine is gone, does not hold up the others for long.
    private const string Settings =
        """
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
        SET lock_timeout = '20s'; SET idle_in_transaction_session_timeout = '10s';
        SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; SET tcp_user_timeout = '10s'
        """;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly NpgsqlDataSource _source;
    private long _lostAt; // when the server was lost; 0 while it is there
    private volatile bool _isClosed;

    /// <summary>Prepares connections; none is opened yet.</summary>
    /// <param name="connectionString">As Npgsql reads it.</param>
    /// <param name="patience">How long calls wait for a server that was lost.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public Database(string connectionString, TimeSpan patience)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Enlist = false };
        if (!settings.ContainsKey("Maximum Pool Size")) settings.MaxPoolSize = UsualPool;
        if (!settings.ContainsKey("Max Auto Prepare")) (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (100, 2);
        if (!settings.ContainsKey("Timeout")) settings.Timeout = 10;
        settings.ApplicationName ??= "cki";
        Patience = patience;
        Name = $"the PostgreSQL database '{settings.Database ?? settings.Username}' at {settings.Host}:{settings.Port}";
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableArrays().EnableTransportSecurity();
        builder.UsePhysicalConnectionInitializer(Initialize, InitializeAsync);
        _source = builder.Build();
    }

    /// <summary>Gets or sets how long calls wait for a server that was lost.</summary>
    public TimeSpan Patience { get; set; }

    /// <summary>Gets what the database is called in messages, without secrets.</summary>
    public string Name { get; }

    /// <summary>Opens a connection, or takes one that was given back.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public async ValueTask<Session> OpenAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(PostgreSqlCmaStore));
        return new Session(await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads; once more on another connection where the one broke.</summary>
    /// <exception cref="CmaStoreException">The server failed, or did not come back in time.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<Session, ValueTask<T>> body, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
                await using var closing = session.ConfigureAwait(false);
                var result = await body(session).ConfigureAwait(false);
                Found();
                return result;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                ObjectDisposedException.ThrowIf(_isClosed, typeof(PostgreSqlCmaStore));
                if (!StoreErrors.IsPassing(exception) || !await WaitAsync(attempt, cancellationToken).ConfigureAwait(false)) throw StoreErrors.Translate(Name, exception);
            }
        }
    }

    /// <summary>Tells that the server is there.</summary>
    public void Found() => Volatile.Write(ref _lostAt, 0);

    /// <summary>Waits before the next attempt; false where the server has been away for so long that no call waits for it any more.</summary>
    public async ValueTask<bool> WaitAsync(int attempt, CancellationToken cancellationToken = default)
    {
        var now = Environment.TickCount64;
        Interlocked.CompareExchange(ref _lostAt, now, 0);
        if (now - Volatile.Read(ref _lostAt) is var away && away > Patience.TotalMilliseconds) return false;
        var pause = ShortestPause * Math.Pow(2, Math.Min(attempt, 5));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private static void Initialize(NpgsqlConnection connection) => throw new NotSupportedException("Connections are opened without waiting.");

    private static async Task InitializeAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Settings, connection);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}
