using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CkiSdk.Hosting;

/// <summary>Runs a CMA as a hosted service: opens its store, listens, brings announcements, renews what ends.</summary>
/// <param name="options">The configuration, which was validated.</param>
/// <param name="services">Where the listener and the store find what they need.</param>
/// <param name="loggers">Where the log goes.</param>
/// <param name="time">The clock.</param>
public sealed partial class CkiServerService(IOptions<CkiServerOptions> options, IServiceProvider services, ILoggerFactory loggers, TimeProvider time) : BackgroundService
{
    private readonly ILogger _logger = loggers.CreateLogger<CkiServerService>();
    private readonly TaskCompletionSource<Cma> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ICmaStore? _store;
    private Cma? _cma;
    private IAsyncDisposable? _listener;

    /// <summary>Gets the CMA once it runs.</summary>
    public Task<Cma> Started => _started.Task;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var value = options.Value;
        _store = await value.Store!(services, cancellationToken).ConfigureAwait(false);
        _cma = new Cma(value.Cma!, _store, value.Provider!, time);
        var server = new CkiServer(_cma, loggers.CreateLogger<CkiServer>(), time);
        _listener = value.Listen is null ? null : await value.Listen(services, server, cancellationToken).ConfigureAwait(false);
        _started.TrySetResult(_cma);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_listener is not null)
        {
            await _listener.DisposeAsync().ConfigureAwait(false);
        }

        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        _cma?.Dispose();
        if (_store is not null)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var value = options.Value;
        var courier = new CkiCourier(_store!, value.Route ?? (_ => null), time, loggers.CreateLogger<CkiCourier>());
        var maintained = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(value.DeliveryInterval, time);
        try
        {
            do
            {
                maintained = await RoundAsync(courier, maintained, stoppingToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }

        // What is under way with one party ends before the store does.
        await courier.WhenIdleAsync().ConfigureAwait(false);
    }

    private async Task<DateTimeOffset> RoundAsync(CkiCourier courier, DateTimeOffset maintained, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - maintained >= options.Value.MaintenanceInterval && await TryAsync(() => MaintainAsync(cancellationToken)).ConfigureAwait(false))
        {
            maintained = now;
        }

        // Whoever takes longer than a round goes on, and holds up neither the others nor what is due by the clock.
        await TryAsync(() => courier.DeliverAsync(options.Value.DeliveryInterval, cancellationToken)).ConfigureAwait(false);
        return maintained;
    }

    private async Task MaintainAsync(CancellationToken cancellationToken)
    {
        await _cma!.MaintainAsync(cancellationToken).ConfigureAwait(false);
        await LargeLists.WarnAsync(_cma.Administration, _logger, cancellationToken).ConfigureAwait(false);
    }

    // A fault, such as a full disk, is no reason to stop serving.
    private async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "What was due could not be done; it is tried again")]
    private partial void LogFailed(Exception exception);
}
