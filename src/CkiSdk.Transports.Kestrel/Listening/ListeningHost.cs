using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Transports.Kestrel.Listening;

/// <summary>Is one address at which Kestrel listens, in an empty host: no configuration files, no environment variables, no console, no signals. All that is the application's.</summary>
internal sealed partial class ListeningHost : IAsyncDisposable
{
    private readonly IPEndPoint _asked;
    private readonly TimeSpan _stopTimeout;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _aborting = new();
    private ListenOptions? _listen;
    private int _stopped;

    /// <summary>Makes it; it does not listen yet.</summary>
    /// <param name="endPoint">Where to listen; port 0 is any free one.</param>
    /// <param name="loggers">Where Kestrel's log goes.</param>
    /// <param name="logger">The log of the listener.</param>
    /// <param name="limits">Sets the limits of Kestrel.</param>
    /// <param name="listen">Says what is spoken at the address.</param>
    /// <param name="stopTimeout">How long what is being handled may go on when it stops.</param>
    /// <param name="time">The clock of that.</param>
    public ListeningHost(
        IPEndPoint endPoint, ILoggerFactory loggers, ILogger logger, Action<KestrelServerLimits> limits, Action<ListenOptions> listen, TimeSpan stopTimeout, TimeProvider? time = null)
    {
        (_asked, _logger, _stopTimeout, _time) = (endPoint, logger, stopTimeout, time ?? TimeProvider.System);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            limits(kestrel.Limits);
            kestrel.Listen(endPoint, options =>
            {
                // Once bound, it knows the port.
                _listen = options;
                listen(options);
            });
        });
        Application = builder.Build();
    }

    /// <summary>Gets the application, for what is mapped.</summary>
    public WebApplication Application { get; }

    /// <summary>Gets the address and port that it listens at.</summary>
    public IPEndPoint EndPoint => _listen?.IPEndPoint ?? _asked;

    /// <summary>Gets what cancels the handling of messages when stopping takes too long.</summary>
    public CancellationToken Aborting => _aborting.Token;

    /// <summary>Starts to listen; if it cannot, it is disposed of.</summary>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="IOException">The address is in use or not one of this machine.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Application.StartAsync(cancellationToken).ConfigureAwait(false);
            LogListening(EndPoint);
        }
        catch
        {
            await Application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops: no new connections, what is being handled is answered, and what takes longer than configured is cancelled.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0) return;
        using var grace = new CancellationTokenSource(_stopTimeout, _time);
        await using var abort = grace.Token.Register(_aborting.Cancel).ConfigureAwait(false);
        await Application.StopAsync(grace.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await Application.DisposeAsync().ConfigureAwait(false);
        _aborting.Dispose();
    }

    [LoggerMessage(1, LogLevel.Information, "Listening at {EndPoint}")]
    private partial void LogListening(IPEndPoint endPoint);
}
