using System.Text.Json;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Routes;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Cli.Users;

/// <summary>Is a user at work in his home: his agent with what it remembers, and the way to his CMA. One process at a time has it.</summary>
internal sealed class UserSession : IAsyncDisposable
{
    /// <summary>The name of the file with the card of the CMA.</summary>
    public const string CmaFile = "cma.json";

    private const string StateName = "state.json";

    private readonly FileStream _lock;
    private readonly PartyIdentity _identity;
    private readonly ICkiTransport _transport;

    private UserSession(Home home, FileStream held, PartyIdentity identity, PartyCard cma, UserAgent agent, ICkiTransport transport)
    {
        (Home, _lock, _identity, Cma, Agent, _transport) = (home, held, identity, cma, agent, transport);
        Client = new CkiClient(agent, transport) { Keep = KeepAsync };
    }

    /// <summary>Gets the home.</summary>
    public Home Home { get; }

    /// <summary>Gets the card of the CMA.</summary>
    public PartyCard Cma { get; private set; }

    /// <summary>Gets the agent.</summary>
    public UserAgent Agent { get; }

    /// <summary>Gets the client.</summary>
    public CkiClient Client { get; }

    /// <summary>Gets the encryption certificate.</summary>
    public Certificate Encryption => _identity.Encryption.Certificate;

    /// <summary>Gets the authentication certificate.</summary>
    public Certificate Tls => _identity.Tls.Certificate;

    /// <summary>Gets the DER of the requests for recovered keys that wait for approval.</summary>
    public List<byte[]> Recoveries { get; } = [];

    /// <summary>Opens the home of a user.</summary>
    /// <param name="home">The home.</param>
    /// <param name="wrap">Puts something between the client and the way to the CMA; null for nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">Something in the home is missing, damaged or another's, or another process has it.</exception>
    public static async Task<UserSession> OpenAsync(Home home, Func<ICkiTransport, ICkiTransport>? wrap = null, CancellationToken cancellationToken = default)
    {
        var (provider, time) = (CryptoProviders.Software, TimeProvider.System);
        var held = await FolderLock.TakeAsync(home.Root, cancellationToken).ConfigureAwait(false);
        try
        {
            var cma = PartyCard.Read(home.Require(CmaFile), HomeKind.Cma);
            var authority = PartyCard.ToCertificate(cma.Authority);
            var identity = await PartyIdentity.ReadAsync(home, authority, provider, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            var options = new UserAgentOptions
            {
                User = home.Name,
                CmaCertificate = PartyCard.ToCertificate(cma.Certificate),
                Anchors = cma.Anchor is null ? [] : [PartyCard.ToCertificate(cma.Anchor)],
                AuthenticationAnchors = [authority],
                Encryption = identity.Encryption,
            };
            var transport = RouteOf(home, cma).Connect(new Reach(home, identity, cma));
            var session = new UserSession(home, held, identity, cma, new UserAgent(options, provider, time), wrap is null ? transport : wrap(transport));
            session.Restore();
            return session;
        }
        catch
        {
            await held.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes what waits at the CMA; where it cannot be reached, goes on with what is there and says so.</summary>
    /// <param name="error">Where a warning goes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task FetchAsync(TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            await Client.FetchAnnouncementsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CkiTransportException exception)
        {
            await error.WriteLineAsync($"cki: warning: {Failures.Sentence(exception.Message)} Going on with what is in {Home.Root}.").ConfigureAwait(false);
        }
    }

    /// <summary>Writes what the agent remembers.</summary>
    /// <param name="cancellationToken">Unused: a file is written whole or not at all.</param>
    public ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        using var state = Agent.Save();
        var kept = new UserState
        {
            Version = HomeConfiguration.CurrentVersion,
            Seeds = [.. state.Seeds.Select(Wrap)],
            Authorities = [.. state.Authorities.Select(certificate => certificate.Encoded.ToArray())],
            Crls = [.. state.RevocationLists.Select(list => list.Encoded.ToArray())],
            Certificates = [.. Client.Certificates.All.Select(certificate => certificate.Encoded.ToArray())],
            LastAnswer = state.LastAnswer,
            LastAnnouncement = state.LastAnnouncement,
            Recoveries = Recoveries,
        };
        if (Cma.Renew(Agent.RenewedAuthorities, CryptoProviders.Software, TimeProvider.System.GetUtcNow()) is var renewed && renewed != Cma)
        {
            Cma = renewed;
            HomeFiles.Write(Home.PathOf(CmaFile), renewed.ToJson());
        }

        HomeFiles.Write(Home.PathOf(StateName), JsonSerializer.SerializeToUtf8Bytes(kept, HomeJson.Default.UserState), isSecret: true);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync().ConfigureAwait(false);
        Agent.Dispose();
        _identity.Dispose();
        await _lock.DisposeAsync().ConfigureAwait(false);
    }

    private static Route RouteOf(Home home, PartyCard cma) => home.Configuration switch
    {
        { Route: { } route } => Route.Parse(route, $"{home.Root}: route"),
        { Spool: { } folder } => Route.Parse($"file:{folder}", $"{home.Root}: spool"),
        _ => Route.Parse(cma.Address, $"{home.PathOf(CmaFile)}: address"),
    };

    private void Restore()
    {
        if (!File.Exists(Home.PathOf(StateName)))
        {
            return;
        }

        SecretFile.RequireOwnerOnly(Home.PathOf(StateName));
        var kept = HomeFiles.ReadJson(Home.PathOf(StateName), HomeJson.Default.UserState);
        try
        {
            using var state = new AgentState
            {
                Seeds = [.. kept.Seeds.Select(Unwrap)],
                Authorities = [.. kept.Authorities.Select(der => Certificate.Decode(der))],
                RevocationLists = [.. kept.Crls.Select(der => RevocationList.Decode(der))],
                LastAnswer = kept.LastAnswer,
                LastAnnouncement = kept.LastAnnouncement,
            };
            Agent.Restore(state);
            foreach (var der in kept.Certificates.Reverse())
            {
                Client.Certificates.Add(Certificate.Decode(der));
            }

            Recoveries.AddRange(kept.Recovery is { } one ? [one, .. kept.Recoveries] : kept.Recoveries);
        }
        catch (FormatException exception)
        {
            throw Home.Unusable(StateName, exception.Message, exception);
        }
    }

    private WrappedSeed Wrap(SeedKey seed) => new(
        seed.Cma.Encoded.ToArray(), seed.User.Encoded.ToArray(), seed.Identifier.ToArray(), seed.NotBefore, seed.NotAfter, CryptoProviders.Software.KeyWrap.Wrap(_identity.HomeKey, seed.Key));

    private SeedKey Unwrap(WrappedSeed seed) => new(
        DistinguishedName.Decode(seed.Cma),
        DistinguishedName.Decode(seed.User),
        seed.Identifier,
        seed.NotBefore,
        seed.NotAfter,
        CryptoProviders.Software.KeyWrap.Unwrap(_identity.HomeKey, seed.Key) ?? throw Home.Unusable(StateName, "the key of the home does not open the seed keys in it"));
}
