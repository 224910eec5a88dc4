using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Cli.Routes;
using CkiSdk.Cli.Stores;

namespace CkiSdk.Cli.Authorities;

/// <summary>Is <c>cki cma init</c> and <c>cki tlcma init</c>: makes the home of an authority.</summary>
internal static class InitCommand
{
    private const string CmaExample = "cki cma init --home a --name \"CN=CMA A,O=Domain A,C=GB\" --domain \"O=Domain A,C=GB\" --listen 127.0.0.1:8829";
    private const string TlcmaExample = "cki tlcma init --home top --name \"CN=TLCMA,C=GB\" --listen 127.0.0.1:8828";

    /// <summary>Creates the command.</summary>
    /// <param name="kind">One of <see cref="HomeKind"/>.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(string kind, TextWriter output, TextWriter error)
    {
        var isCma = kind == HomeKind.Cma;
        var home = HomeOptions.Home($"the new {kind.ToUpperInvariant()}");
        var name = new Option<string>("--name") { Description = "Its name as RFC 4514 writes it.", HelpName = "DN", Required = true };
        var domain = new Option<string[]>("--domain") { Description = "The subtrees of names that the CMA serves, its own name in one of them.", HelpName = "DN", Required = true };
        var listen = new Option<string>("--listen") { Description = "Where it listens. Port 0 takes a port that is free now, and keeps it.", HelpName = "HOST:PORT", Required = true };
        var address = new Option<string?>("--address") { Description = "How others reach it; the card says so. Default: where it listens.", HelpName = "ROUTE" };
        var tlcma = new Option<string?>("--tlcma") { Description = "The card of the TLCMA that supplies the domain's keys; without it the CMA makes them and exchanges keys with peers.", HelpName = "CARD" };
        var route = RouteOption.Create("the TLCMA");
        var recovery = new Option<bool>("--recovery") { Description = "Recover keys where two people approve; off otherwise." };
        var years = NumberOptions.Make("--years", 10, 1, 50, "For how many years the certificates are valid.");
        var verb = new PkiVerb("init", $"Makes the home of a {kind.ToUpperInvariant()}: keys, certificates, store, and the card that others get.", isCma ? CmaExample : TlcmaExample) { home, name, listen, address, years };
        if (isCma)
        {
            verb.Options.Add(domain);
            verb.Options.Add(tlcma);
            verb.Options.Add(route);
            verb.Options.Add(recovery);
        }

        var store = new StoreOptions().AddTo(verb);
        var key = new HomeKeyOptions().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var listening = await EndPoints.SettleAsync(parsed.GetValue(listen)!, "--listen", cancellationToken).ConfigureAwait(false);
            var place = parsed.GetValue(address) ?? listening;
            place = PartyCard.IsForOthers(place) ? Route.Parse(place, "--address").Text
                : throw CommandException.Usage($"--address: '{place}' goes to others with the card, and names files or variables of this machine. Leave out what stands behind the question mark; others say theirs with --route.");
            var configuration = new HomeConfiguration
            {
                Version = HomeConfiguration.CurrentVersion,
                Kind = kind,
                Name = PkiOptions.Name(parsed.GetValue(name)!).ToString(),
                Domain = isCma ? [.. parsed.GetValue(domain)!.Select(text => PkiOptions.Name(text).ToString())] : [],
                Listen = listening,
                Key = key.Read(parsed),
                Store = store.Read(parsed),
                Recovery = isCma && parsed.GetValue(recovery),
            };
            var lifetime = TimeSpan.FromDays(365.25 * parsed.GetValue(years));
            var card = isCma && parsed.GetValue(tlcma) is { } file ? PartyCard.Read(file, HomeKind.Tlcma) : null;
            var way = isCma ? ReadRoute(parsed, route, card, parsed.GetValue(tlcma)) : null;
            using var log = new WarningLog(error);
            var known = card is null ? null : new KnownCard(card, way?.Text ?? card.Address);
            return Result(await CreateAsync(parsed.GetValue(home)!, configuration, place, lifetime, known, new HostSettings(log), cancellationToken).ConfigureAwait(false), card);
        });
    }

    /// <summary>Makes a home with its store.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="address">Where others reach the authority.</param>
    /// <param name="lifetime">How long its certificates are valid.</param>
    /// <param name="tlcma">The TLCMA; null for none.</param>
    /// <param name="settings">How the authority is opened.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task<Home> CreateAsync(
        string path, HomeConfiguration configuration, string address, TimeSpan lifetime, KnownCard? tlcma, HostSettings settings, CancellationToken cancellationToken)
    {
        return AuthorityHome.CreateAsync(path, configuration, address, lifetime, tlcma?.Card, BeginAsync, cancellationToken);

        async Task BeginAsync(Home made)
        {
            await using (var store = await AuthorityStore.CreateAsync(made, cancellationToken).ConfigureAwait(false))
            {
                if (tlcma is not null)
                {
                    await new PeerCards(store, made.Name).PutAsync(tlcma.Card, tlcma.Route == tlcma.Card.Address ? null : tlcma.Route, cancellationToken: cancellationToken).ConfigureAwait(false);
                }
            }

            if (configuration.Kind == HomeKind.Cma)
            {
                await using var host = await CmaHost.OpenAsync(made, settings, cancellationToken).ConfigureAwait(false);
                await host.BeginAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Computes the fingerprint of a card, which the two operators compare.</summary>
    /// <param name="path">The file.</param>
    public static string Fingerprint(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static Route? ReadRoute(ParseResult parsed, Option<string?> option, PartyCard? tlcma, string? file)
    {
        var route = RouteOption.Read(parsed, option);
        if (tlcma is not null)
        {
            _ = Route.Parse(tlcma.Address, $"{file}: address");
        }

        return route is null || tlcma is not null ? route : throw CommandException.Usage("--route says how the TLCMA is reached; --tlcma names its card.");
    }

    private static PkiResult Result(Home home, PartyCard? tlcma)
    {
        var card = home.PathOf(AuthorityHome.CardFile);
        var fingerprint = Fingerprint(card);
        var json = new JsonObject
        {
            ["home"] = home.Root,
            ["name"] = home.Configuration.Name,
            ["certificate"] = home.PathOf($"{home.Configuration.Kind}.pem"),
            ["card"] = card,
            ["fingerprint"] = fingerprint,
        };
        var next = tlcma is null ? "" : $"next: give the card to {tlcma.Name}, whose operator makes the CMA certificate; then 'cki cma join'\n";
        return new PkiResult(json, $"{home.Configuration.Name}\nhome          {home.Root}\ncard          {card}\nfingerprint   {fingerprint}\n{next}");
    }
}
