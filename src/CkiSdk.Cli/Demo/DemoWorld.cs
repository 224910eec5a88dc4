using CkiSdk.Cli.Authorities;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Stores;
using CkiSdk.Cli.Users;
using CkiSdk.Pki.Names;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Demo;

/// <summary>Makes the parties of the demo, each in its home, and lets them run in this process.</summary>
/// <param name="folder">The folder.</param>
/// <param name="variant">tlcma, peer or both.</param>
/// <param name="log">Where warnings go.</param>
internal sealed class DemoWorld(DemoFolder folder, string variant, ILoggerFactory log) : IAsyncDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(5 * 365);

    private readonly Stack<IAsyncDisposable> _parties = new();

    /// <summary>Gets the folder.</summary>
    public DemoFolder Folder => folder;

    /// <summary>Gets whether there is a TLCMA.</summary>
    public bool HasTlcma => variant != "peer";

    /// <summary>Gets whether the two CMAs exchange a key.</summary>
    public bool HasExchange => variant != "tlcma";

    /// <summary>Makes the TLCMA, which listens.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<TlcmaHost> StartTlcmaAsync(CancellationToken cancellationToken)
    {
        var home = await MakeAsync("top", HomeKind.Tlcma, "CN=TLCMA,C=GB", null, null, cancellationToken).ConfigureAwait(false);
        return await ListenAsync(Keep(await TlcmaHost.OpenAsync(home, Settings, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the CMA of a domain, which listens; where there is a TLCMA, that certifies it.</summary>
    /// <param name="letter">The letter of the domain.</param>
    /// <param name="tlcma">The TLCMA; null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CmaHost> StartCmaAsync(char letter, TlcmaHost? tlcma, CancellationToken cancellationToken)
    {
        var name = char.ToLowerInvariant(letter).ToString();
        var card = tlcma is null ? null : CardOf(tlcma);
        var home = await MakeAsync(name, HomeKind.Cma, $"CN=CMA {letter},O=Domain {letter},C=GB", $"O=Domain {letter},C=GB", card, cancellationToken).ConfigureAwait(false);
        if (tlcma is not null)
        {
            var asked = PartyCard.Read(home.PathOf(AuthorityHome.CardFile));
            await tlcma.RegisterAsync(asked, cancellationToken).ConfigureAwait(false);
            await using (var store = await AuthorityStore.OpenAsync(home, cancellationToken).ConfigureAwait(false))
            {
                var certificate = await tlcma.CertifyAsync(asked, cancellationToken).ConfigureAwait(false);
                await OwnCertificates.TakeAsync(home, certificate, new PeerCards(store, home.Name), cancellationToken).ConfigureAwait(false);
            }

            await IntroduceAsync(tlcma, PartyCard.Read(home.PathOf(AuthorityHome.CardFile)), cancellationToken).ConfigureAwait(false);
        }

        return await ListenAsync(Keep(await CmaHost.OpenAsync(home, Settings, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the letter of a CMA's domain.</summary>
    /// <param name="cma">The CMA.</param>
    public static char LetterOf(CmaHost cma) => cma.Home.Configuration.Domain[0]["O=Domain ".Length];

    /// <summary>Makes two CMAs known to each other.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<bool> IntroduceAsync(CmaHost one, CmaHost other, CancellationToken cancellationToken)
    {
        foreach (var (host, peer) in new[] { (one, other), (other, one) })
        {
            await host.RegisterAsync(CardOf(peer), cancellationToken).ConfigureAwait(false);
            await IntroduceAsync(host, CardOf(peer), cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Enrols a user and makes his home.</summary>
    /// <param name="cma">His CMA.</param>
    /// <param name="name">His common name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<UserSession> EnrolAsync(CmaHost cma, string name, CancellationToken cancellationToken)
    {
        var user = DistinguishedName.Parse($"CN=User {name},{cma.Home.Configuration.Domain[0]}");
        using var secret = EnrolmentCommand.MakeSecret();
        var enrolment = await EnrolmentCommand.EnrolAsync(cma, user, Protocol.Storage.PartyKinds.None, secret, cancellationToken).ConfigureAwait(false);
        var home = await EnrollCommand.CreateAsync(
            folder.PathOf(name.ToLowerInvariant()), enrolment, secret, new HomeKeySource(HomeKeySource.File, "home.key"), "the enrolment file", route: null, cancellationToken).ConfigureAwait(false);
        return Keep(await UserSession.OpenAsync(home, Record, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_parties.TryPop(out var party))
        {
            await party.DisposeAsync().ConfigureAwait(false);
        }
    }

    private HostSettings Settings => new(log) { Wrap = Record };

    private static PartyCard CardOf(AuthorityHost host) => PartyCard.Read(host.Home.PathOf(AuthorityHome.CardFile));

    private static async Task IntroduceAsync(AuthorityHost host, PartyCard card, CancellationToken cancellationToken)
    {
        await host.Cards.PutAsync(card, cancellationToken: cancellationToken).ConfigureAwait(false);
        await host.Routes.RefreshAsync(cancellationToken).ConfigureAwait(false);
    }

    private RecordingTransport Record(ICkiTransport inner) => new(inner, folder);

    private T Keep<T>(T party)
        where T : IAsyncDisposable
    {
        _parties.Push(party);
        return party;
    }

    private static async Task<T> ListenAsync<T>(T host, CancellationToken cancellationToken)
        where T : AuthorityHost
    {
        await host.ListenAsync(host.Home.Configuration.Listen!, cancellationToken).ConfigureAwait(false);
        return host;
    }

    private async Task<Home> MakeAsync(string path, string kind, string name, string? domain, PartyCard? tlcma, CancellationToken cancellationToken)
    {
        var address = await EndPoints.SettleAsync("127.0.0.1:0", "demo", cancellationToken).ConfigureAwait(false);
        var configuration = new HomeConfiguration
        {
            Version = HomeConfiguration.CurrentVersion,
            Kind = kind,
            Name = name,
            Domain = domain is null ? [] : [domain],
            Listen = address,
            Key = new HomeKeySource(HomeKeySource.File, "home.key"),
        };
        return await InitCommand.CreateAsync(folder.PathOf(path), configuration, address, Lifetime, tlcma is null ? null : new KnownCard(tlcma, tlcma.Address), new HostSettings(log), cancellationToken).ConfigureAwait(false);
    }
}
