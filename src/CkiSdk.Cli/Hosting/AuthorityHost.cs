using System.Net;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Routes;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Storage;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Hosting;

/// <summary>Is a CMA or a TLCMA at work: its store, the ways that serve it, its courier, and what is due by the clock.</summary>
internal abstract partial class AuthorityHost : IAsyncDisposable
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaintenanceInterval = TimeSpan.FromHours(1);

    private readonly ILogger _logger;
    private readonly List<Served> _served = [];
    private readonly long[] _rounds = [.. Enumerable.Repeat(TimeProvider.System.GetUtcNow().UtcTicks, 3)];
    private readonly SemaphoreSlim _cardsGate = new(1, 1);
    private DateTimeOffset _maintained = DateTimeOffset.MinValue;

    /// <summary>Joins the parts, which the host owns.</summary>
    protected AuthorityHost(AuthorityParts parts, HostSettings settings)
    {
        (Home, Identity, Store, Routes, Log) = (parts.Home, parts.Identity, parts.Store, parts.Routes, settings.Log);
        Cards = new PeerCards(Store, Home.Name);
        Courier = new CkiCourier(Store, Routes.Find, logger: Log.CreateLogger<CkiCourier>());
        _logger = Log.CreateLogger<AuthorityHost>();
    }

    /// <summary>Gets the home.</summary>
    public Home Home { get; }

    /// <summary>Gets the certificates and keys.</summary>
    public AuthorityIdentity Identity { get; }

    /// <summary>Gets the store.</summary>
    public ICmaStore Store { get; }

    /// <summary>Gets the cards of other parties and the own one, as they are in the store.</summary>
    public PeerCards Cards { get; }

    /// <summary>Gets the ways to other parties.</summary>
    public PeerRoutes Routes { get; }

    /// <summary>Gets what brings announcements to others.</summary>
    public CkiCourier Courier { get; }

    /// <summary>Gets the ways by which it is served.</summary>
    public IReadOnlyList<Served> Served => _served;

    /// <summary>Gets when the last round of its work began: of what it does one beside the other, of that which has begun none for longest.</summary>
    public DateTimeOffset LastRoundAt => new(Enumerable.Range(0, _rounds.Length).Min(place => Volatile.Read(ref _rounds[place])), TimeSpan.Zero);

    /// <summary>Gets whether it takes nothing new any more.</summary>
    public bool IsStopping { get; private set; }

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
    public async Task<IPEndPoint> ListenAsync(string listen, CancellationToken cancellationToken) =>
        IPEndPoint.Parse((await ServeAsync(new TcpWay(), listen, cancellationToken).ConfigureAwait(false)).Place);

    /// <summary>Is served by a way, until it is disposed of.</summary>
    /// <param name="way">The way.</param>
    /// <param name="value">The value of its option.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="CommandException">The value is wrong, or cannot be used.</exception>
    public async Task<Served> ServeAsync(Way way, string value, CancellationToken cancellationToken)
    {
        var serving = new Serving(Home, Identity.Party, Routes, new CkiServer(new CardRenewal(this, Handler, Log.CreateLogger<CardRenewal>()), Log.CreateLogger<CkiServer>()), Log);
        var served = await way.ServeAsync(serving, value, cancellationToken).ConfigureAwait(false);
        _served.Add(served);
        return served;
    }

    /// <summary>Lists the certificates of the authority: those that it signs with first, then those that it authenticates itself and gets keys with.</summary>
    /// <returns>The names of their files without the ending, and whether another one follows.</returns>
    public IReadOnlyList<(string Name, Certificate Certificate, bool IsFollowed)> ListCertificates() =>
    [
        .. Identity.Signers.Select((signer, index) => (SigningKeys.NameOf(Home, index + 1), signer.Certificate, index + 1 < Identity.Signers.Count)),
        (AuthorityIdentity.AuthorityName, Identity.Authority, false),
        (PartyIdentity.TlsName, Identity.Party.Tls.Certificate, false),
        (PartyIdentity.EncryptionName, Identity.Party.Encryption.Certificate, false),
    ];

    /// <summary>Takes over something that serves, to dispose of it in the end.</summary>
    /// <param name="served">What serves.</param>
    public void Own(Served served) => _served.Add(served);

    /// <summary>Waits for the turn to change cards, and has it until what is returned is disposed of.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IDisposable> TakeCardsAsync(CancellationToken cancellationToken)
    {
        await _cardsGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_cardsGate);
    }

    /// <summary>Works until it is stopped: brings announcements, sends requests, renews what ends. A fault of one round is logged, and the next one tries again.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        // A request whose answer takes long, as by files, holds up no announcement.
        var cardsChanged = true;
        await Task.WhenAll(RepeatAsync(0, RefreshAsync), RepeatAsync(1, ExchangeAsync), RepeatAsync(2, () => Courier.DeliverAsync(Round, cancellationToken))).ConfigureAwait(false);
        await Courier.WhenIdleAsync().ConfigureAwait(false);

        // What was done on another machine: users enrolled, cards added.
        async Task RefreshAsync()
        {
            if (await Routes.RefreshAsync(cancellationToken).ConfigureAwait(false))
            {
                Volatile.Write(ref cardsChanged, true);
            }
        }

        async Task ExchangeAsync()
        {
            var now = TimeProvider.System.GetUtcNow();
            if (now - _maintained > MaintenanceInterval)
            {
                await MaintainAsync(cancellationToken).ConfigureAwait(false);
                _maintained = now;
            }

            await RoundAsync(Interlocked.Exchange(ref cardsChanged, false), cancellationToken).ConfigureAwait(false);
        }

        async Task RepeatAsync(int place, Func<Task> work)
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                Volatile.Write(ref _rounds[place], TimeProvider.System.GetUtcNow().UtcTicks);
                try
                {
                    await work().ConfigureAwait(false);
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
    }

    /// <summary>Takes nothing new by any way, and finishes what is in hand.</summary>
    public async Task StopServingAsync()
    {
        IsStopping = true;
        await Task.WhenAll(_served.Select(served => served.Listener.DisposeAsync().AsTask())).ConfigureAwait(false);
        _served.Clear();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopServingAsync().ConfigureAwait(false);
        await Routes.DisposeAsync().ConfigureAwait(false);
        DisposeHandler();
        _cardsGate.Dispose();
        await Store.DisposeAsync().ConfigureAwait(false);
        Identity.Dispose();
    }

    /// <summary>Does what this kind of authority does in each round besides.</summary>
    /// <param name="cardsChanged">Whether a card was added or replaced.</param>
    /// <param name="cancellationToken">Stops it.</param>
    protected virtual Task RoundAsync(bool cardsChanged, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Disposes of the authority.</summary>
    protected abstract void DisposeHandler();

    [LoggerMessage(1, LogLevel.Error, "What was due could not be done; it is tried again")]
    private partial void LogRound(Exception exception);

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
