using System.Net;
using System.Net.Sockets;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Storage;
using CkiSdk.Storage.Sqlite;
using CkiSdk.Transports.Kestrel.Tcp;
using CkiSdk.Transports.Tls;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Hosting;

/// <summary>Is a CMA at work: its SQLite store, the authority itself, and its listener for TCP with TLS.</summary>
internal sealed class CmaHost : IAsyncDisposable
{
    private readonly SqliteCmaStore _store;
    private readonly ILoggerFactory _log;
    private TcpListenerHost? _listener;

    private CmaHost(CmaIdentity identity, SqliteCmaStore store, Cma authority, ILoggerFactory log)
    {
        Identity = identity;
        _store = store;
        Authority = authority;
        _log = log;
    }

    /// <summary>Gets the certificate and keys.</summary>
    public CmaIdentity Identity { get; }

    /// <summary>Gets the authority itself.</summary>
    public Cma Authority { get; }

    /// <summary>Opens the store, and makes it where there is none.</summary>
    /// <param name="folder">The folder of the CMA.</param>
    /// <param name="identity">What was read from it; the host owns it from now on.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="log">Where warnings go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">The store is damaged, foreign, or holds keys of another CMA.</exception>
    public static async Task<CmaHost> OpenAsync(CmaFolder folder, CmaIdentity identity, CryptoProvider provider, ILoggerFactory log, CancellationToken cancellationToken)
    {
        SqliteCmaStore? store = null;
        try
        {
            store = await SqliteCmaStore.OpenAsync(folder.Database, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            await CheckKeysAsync(folder, store, identity, provider, cancellationToken).ConfigureAwait(false);
            var options = new CmaOptions
            {
                Certificate = identity.Certificate,
                SigningKey = identity.SigningKey,
                SignatureAlgorithm = identity.SigningKey.DefaultAlgorithm(),
                StorageKey = identity.StorageKey,
            };
            return new CmaHost(identity, store, new Cma(options, store, provider, TimeProvider.System), log);
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

    /// <summary>Listens for clients whom the authority of authentication has certified.</summary>
    /// <param name="endPoint">Address and port; port 0 is any free one.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Where it listens.</returns>
    /// <exception cref="CommandException">The address is in use, not one of this machine, or not permitted.</exception>
    public async Task<IPEndPoint> ListenAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var options = new TcpListenerOptions
        {
            EndPoint = endPoint,
            Certificate = Identity.Tls.Tls,
            Clients = new PeerTrust([Identity.Anchor]),
            LoggerFactory = _log,
        };
        try
        {
            _listener = await TcpListenerHost.StartAsync(new CkiServer(Authority, _log.CreateLogger<CkiServer>()), options, cancellationToken).ConfigureAwait(false);
            return _listener.EndPoint;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new CommandException(ExitCodes.Transport, $"Nobody can listen at {endPoint}: {exception.GetBaseException().Message}. Name another address or port.", exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
        {
            await _listener.DisposeAsync().ConfigureAwait(false);
        }

        Authority.Dispose();
        await _store.DisposeAsync().ConfigureAwait(false);
        Identity.Dispose();
    }

    /// <summary>Opens every stored key once, so that a storage key or a database of another CMA is found out at the start and not by its users.</summary>
    private static async Task CheckKeysAsync(
        CmaFolder folder, SqliteCmaStore store, CmaIdentity identity, CryptoProvider provider, CancellationToken cancellationToken)
    {
        foreach (var key in await store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false))
        {
            using var opened = provider.KeyWrap.Unwrap(identity.StorageKey, key.WrappedKey.Span)
                ?? throw CommandException.Usage($"{folder.StorageKey} does not open the keys in {folder.Database}: one of the two is another CMA's.");
        }
    }
}
