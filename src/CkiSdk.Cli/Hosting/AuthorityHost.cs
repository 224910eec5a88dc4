using System.Net;
using System.Net.Sockets;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;
using CkiSdk.Storage.Sqlite;
using CkiSdk.Transports.Kestrel.Tcp;
using CkiSdk.Transports.Spool;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Hosting;

/// <summary>Is a CMA or a TLCMA at work: its SQLite store, its listener for TCP with TLS, its courier, and what is due by the clock.</summary>
internal abstract partial class AuthorityHost : IAsyncDisposable
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaintenanceInterval = TimeSpan.FromHours(1);

    private readonly ILogger _logger;
    private TcpListenerHost? _listener;
    private SpoolListener? _spool;
    private SpoolIdentity? _spoolIdentity;

    /// <summary>Joins the parts, which the host owns.</summary>
    protected AuthorityHost(Home home, AuthorityIdentity identity, SqliteCmaStore store, HostSettings settings)
    {
        (Home, Identity, Store, Log) = (home, identity, store, settings.Log);
        Routes = new PeerRoutes(home, identity, settings.Wrap);
        Courier = new CkiCourier(store, Routes.Find, logger: Log.CreateLogger<CkiCourier>());
        _logger = Log.CreateLogger<AuthorityHost>();
    }

    /// <summary>Gets the home.</summary>
    public Home Home { get; }

    /// <summary>Gets the certificates and keys.</summary>
    public AuthorityIdentity Identity { get; }

    /// <summary>Gets the store.</summary>
    public ICmaStore Store { get; }

    /// <summary>Gets the ways to other parties.</summary>
    public PeerRoutes Routes { get; }

    /// <summary>Gets what brings announcements to others.</summary>
    public CkiCourier Courier { get; }

    /// <summary>Gets where it logs.</summary>
    protected ILoggerFactory Log { get; }

    /// <summary>Gets the authority as listeners see it.</summary>
    protected abstract IMessageHandler Handler { get; }

    /// <summary>Does what is due by the clock.</summary>
    /// <param name="cancellationToken">Stops it; what was done stays.</param>
    public abstract ValueTask MaintainAsync(CancellationToken cancellationToken);

    /// <summary>Takes a party of a card into the store, so that its messages are handled.</summary>
    /// <param name="card">The card.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public abstract Task RegisterAsync(PartyCard card, CancellationToken cancellationToken);

    /// <summary>Listens for whom the authorities of authentication have certified.</summary>
    /// <param name="listen">HOST:PORT; port 0 is any free one.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Where it listens.</returns>
    /// <exception cref="CommandException">The address is in use, not one of this machine, or not permitted.</exception>
    public async Task<IPEndPoint> ListenAsync(string listen, CancellationToken cancellationToken)
    {
        var endPoint = await EndPoints.ResolveAsync(listen, "--listen", cancellationToken).ConfigureAwait(false);
        var options = new TcpListenerOptions
        {
            EndPoint = endPoint,
            Certificate = Identity.Party.Tls.Tls,
            Clients = Routes.Clients,
            LoggerFactory = Log,
        };
        try
        {
            _listener = await TcpListenerHost.StartAsync(new CkiServer(Handler, Log.CreateLogger<CkiServer>()), options, cancellationToken).ConfigureAwait(false);
            return _listener.EndPoint;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new CommandException(ExitCodes.Transport, $"Nobody can listen at {endPoint}: {exception.GetBaseException().Message}. Name another address or port.", exception);
        }
    }

    /// <summary>Serves a spool beside, for whom the authorities of authentication have certified.</summary>
    /// <param name="folder">The folder, which is made where it is missing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">The folder cannot be used.</exception>
    public async Task ServeSpoolAsync(string folder, CancellationToken cancellationToken)
    {
        _spoolIdentity = await SpoolIdentity.ReadAsync(Home, Identity.Party, Routes.Authorities, CryptoProviders.Software, cancellationToken).ConfigureAwait(false);
        try
        {
            var options = new SpoolListenerOptions { Folder = folder, Identity = _spoolIdentity.Cms with { Accepts = Routes.Clients.Accepts }, LoggerFactory = Log };
            _spool = SpoolListener.Start(new CkiServer(Handler, Log.CreateLogger<CkiServer>()), options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Transport, $"The spool {folder} cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Works until it is stopped: brings announcements, sends requests, renews what ends. A fault of one round is logged, and the next one tries again.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        var maintained = DateTimeOffset.MinValue;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var now = TimeProvider.System.GetUtcNow();
                if (now - maintained > MaintenanceInterval)
                {
                    await MaintainAsync(cancellationToken).ConfigureAwait(false);
                    maintained = now;
                }

                await RoundAsync(Routes.Refresh(), cancellationToken).ConfigureAwait(false);
                await Courier.DeliverAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogRound(exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Round, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
        {
            await _listener.DisposeAsync().ConfigureAwait(false);
        }

        if (_spool is not null)
        {
            await _spool.DisposeAsync().ConfigureAwait(false);
        }

        await Routes.DisposeAsync().ConfigureAwait(false);
        DisposeHandler();
        await Store.DisposeAsync().ConfigureAwait(false);
        _spoolIdentity?.Dispose();
        Identity.Dispose();
    }

    /// <summary>Does what this kind of authority does in each round besides.</summary>
    /// <param name="cardsChanged">Whether a card was added or replaced.</param>
    /// <param name="cancellationToken">Stops it.</param>
    protected virtual Task RoundAsync(bool cardsChanged, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Disposes of the authority.</summary>
    protected abstract void DisposeHandler();

    /// <summary>Opens the store of a home and makes sure that its keys open.</summary>
    /// <param name="home">The home.</param>
    /// <param name="identity">Whose it is; it is disposed of where the store does not open.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="isNew">Whether the store may be made; it must be there otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">The store is damaged, foreign, or holds keys of another home.</exception>
    protected static async Task<SqliteCmaStore> OpenStoreAsync(Home home, AuthorityIdentity identity, CryptoProvider provider, bool isNew, CancellationToken cancellationToken)
    {
        SqliteCmaStore? store = null;
        try
        {
            var path = isNew ? home.PathOf(AuthorityHome.StoreFile) : home.Require(AuthorityHome.StoreFile);
            if (!isNew)
            {
                SecretFile.RequireOwnerOnly(path);
            }

            store = await SqliteCmaStore.OpenAsync(path, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            foreach (var key in await store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false))
            {
                // Found out at the start and not by the users.
                using var opened = provider.KeyWrap.Unwrap(identity.Party.HomeKey, key.WrappedKey.Span)
                    ?? throw CommandException.Usage($"The key of {home.Root} does not open the keys in {path}: one of the two is another home's.");
            }

            return store;
        }
        catch (Exception exception)
        {
            if (store is not null)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }

            identity.Dispose();
            throw exception is CmaStoreException ? CommandException.Usage(exception.Message, exception) : exception;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "What was due could not be done; it is tried again")]
    private partial void LogRound(Exception exception);
}
