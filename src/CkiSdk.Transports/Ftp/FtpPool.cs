using System.Collections.Concurrent;
using System.Net.Sockets;

namespace CkiSdk.Transports.Ftp;

/// <summary>Keeps connections to one server. What fails is not tried again here: a command may have been carried out although its reply was lost.</summary>
internal sealed class FtpPool(FtpOptions options) : IAsyncDisposable
{
    // What was idle for longer may have been ended by the server.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _places = new(options.Connections, options.Connections);
    private readonly ConcurrentBag<FtpConnection> _idle = [];
    private volatile bool _isDisposed;

    /// <summary>Does something with a connection.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    public async Task<T> RunAsync<T>(Func<FtpConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        if (_isDisposed) throw new FtpException($"The spool on {options.Host} is no longer used.");
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var timer = new CancellationTokenSource(options.Timeout, options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        FtpConnection? connection = null;
        try
        {
            connection = await FindIdleAsync(both.Token).ConfigureAwait(false) ?? await FtpConnection.OpenAsync(options, both.Token).ConfigureAwait(false);
            var result = await work(connection, both.Token).ConfigureAwait(false);
            connection.UsedAt = options.Time.GetTimestamp();
            if (!connection.HasEnded && !_isDisposed)
            {
                _idle.Add(connection);
                connection = null;
            }

            return result;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FtpException($"{options.Host} took longer than {options.Timeout}.", exception);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw new FtpException($"The connection to {options.Host} failed: {exception.Message}", exception);
        }
        finally
        {
            if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
            _places.Release();
        }
    }

    /// <summary>Does something with a connection that has no result.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    public Task RunAsync(Func<FtpConnection, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        RunAsync(
            async (connection, token) =>
            {
                await work(connection, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;

        // Whoever is at work has a place: when all are back, nobody has a connection.
        for (var i = 0; i < options.Connections; i++) await _places.WaitAsync().ConfigureAwait(false);
        while (_idle.TryTake(out var connection)) await connection.DisposeAsync().ConfigureAwait(false);
        _places.Release(options.Connections);
    }

    private async Task<FtpConnection?> FindIdleAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryTake(out var connection))
        {
            if (options.Time.GetElapsedTime(connection.UsedAt) < Fresh) return connection;
            try
            {
                if ((await connection.SendAsync("NOOP", cancellationToken).ConfigureAwait(false)).IsDone) return connection;
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
            {
                // It has ended.
            }

            await connection.DisposeAsync().ConfigureAwait(false);
        }

        return null;
    }
}
