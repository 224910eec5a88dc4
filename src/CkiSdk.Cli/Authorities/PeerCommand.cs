using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Messages;
using CkiSdk.Cli.Pki;
using CkiSdk.Cli.Routes;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Authorities;

/// <summary>Is <c>cki cma peer</c> and <c>cki tlcma peer</c>: the other authorities.</summary>
internal static class PeerCommand
{
    /// <summary>Creates the command with those below it.</summary>
    /// <param name="kind">One of <see cref="HomeKind"/>.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(string kind, TextWriter output, TextWriter error)
    {
        var command = new ExampleCommand("peer", "Other authorities: their cards, and the keys that are shared with them.", $"cki {kind} peer list --home {(kind == HomeKind.Cma ? "a" : "top")}") { Add(kind, output, error), List(kind, output, error) };
        foreach (var own in kind == HomeKind.Cma ? new Command[] { Exchange(output, error), Remove(output, error) } : [PeerRevocationCommand.Create(output, error)])
        {
            command.Subcommands.Add(own);
        }

        return command;
    }

    private static PkiVerb Add(string kind, TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home($"the {kind.ToUpperInvariant()}");
        var file = HomeOptions.Card();
        var route = RouteOption.Create(kind == HomeKind.Tlcma ? "the CMA" : "the other party");
        var (target, force) = (PkiOptions.Out(isRequired: true), PkiOptions.Force());
        var verb = kind == HomeKind.Tlcma
            ? new PkiVerb("add", "Takes a CMA in: makes its CMA certificate and supplies its domain with keys.", "cki tlcma peer add --home top --card a/card.json --out a.pem") { path, file, route, target, force }
            : new PkiVerb("add", "Makes another CMA known; the running CMA then exchanges a key with it. Takes the card of a known one, or of the own TLCMA, anew where its certificates were renewed.", "cki cma peer add --home a --card b/card.json") { path, file, route };
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var home = Home.Open(parsed.GetValue(path)!, kind);
            var source = parsed.GetValue(file)!;
            var card = PartyCard.Read(source, kind == HomeKind.Cma ? null : HomeKind.Cma);
            var way = RouteOption.Read(parsed, route) ?? Route.Parse(card.Address, $"{source}: address");
            if (card.ToName().Equals(home.Name))
            {
                throw CommandException.Usage($"{source} is the card of this party itself.");
            }

            // Before anything is done, because a certificate that is not written was issued nevertheless.
            if (kind == HomeKind.Tlcma && parsed.GetValue(target) is var result and not "-")
            {
                PkiFiles.RequireFree(result!, parsed.GetValue(force));
            }

            using var log = new WarningLog(error);
            await using var host = await RunCommand.OpenAsync(home, log, cancellationToken).ConfigureAwait(false);
            RequireSameTlcma(host, card, source);
            await RequireOtherDomainAsync(host, card, source, cancellationToken).ConfigureAwait(false);
            if (host is TlcmaHost top)
            {
                await top.RequireOtherKeyAsync(card, cancellationToken).ConfigureAwait(false);
            }

            await host.RegisterAsync(card, cancellationToken).ConfigureAwait(false);
            if (host is TlcmaHost tlcma)
            {
                var certificate = await tlcma.CertifyAsync(card, cancellationToken).ConfigureAwait(false);
                PkiFiles.Write(parsed.GetValue(target), certificate.Encoded.Span, "CERTIFICATE", parsed.GetValue(force), output);
            }

            // Last, because running authorities look at the cards.
            await host.Cards.PutAsync(card, parsed.GetValue(route) is null ? null : way.Text, cancellationToken: cancellationToken).ConfigureAwait(false);
            await host.Routes.RefreshAsync(cancellationToken).ConfigureAwait(false);
            var taken = host.Routes.RouteTo(card);
            var fingerprint = InitCommand.Fingerprint(source);
            var json = new JsonObject { ["name"] = card.Name, ["address"] = card.Address, ["route"] = taken, ["fingerprint"] = fingerprint };
            return new PkiResult(json, $"{card.Name}\nroute         {taken}\nfingerprint   {fingerprint}\n");
        });
    }

    // A TLCMA stays what it is: its card is taken anew where its certificates were renewed, for the key that is pinned.
    private static void RequireSameTlcma(AuthorityHost host, PartyCard card, string source)
    {
        if (card.Kind == HomeKind.Tlcma && (host.Routes.Tlcma is not { } known || !known.ToName().Equals(card.ToName())
            || !PartyCard.ToCertificate(known.Certificate).SubjectPublicKeyInfo.Span.SequenceEqual(PartyCard.ToCertificate(card.Certificate).SubjectPublicKeyInfo.Span)))
        {
            throw CommandException.Usage($"{source} is not the card of the TLCMA of {host.Home.Configuration.Name} with the key that it has had.");
        }
    }

    // Users of both domains would belong to neither, and one CMA could revoke those of the other.
    private static async Task RequireOtherDomainAsync(AuthorityHost host, PartyCard card, string source, CancellationToken cancellationToken)
    {
        if (card.Kind != HomeKind.Cma)
        {
            return;
        }

        var peers = (await host.Store.ListPeersAsync(cancellationToken).ConfigureAwait(false))
            .Where(peer => peer.CanonicalName != card.ToName().Canonical && !peer.Domain.IsEmpty)
            .Select(peer => (Name: DistinguishedName.Decode(peer.Name), Domain: DomainRule.From(NameConstraintsSyntax.Decode(peer.Domain))));
        var others = host is CmaHost ? peers.Prepend((Name: host.Home.Name, Domain: DomainRule.Of(host.Identity.Certificate))) : peers;
        if (others.FirstOrDefault(other => other.Domain.Overlaps(card.ToDomain())).Name is { } name)
        {
            throw CommandException.Usage($"{source}: the domain of {card.Name}, {string.Join(" | ", card.ToDomain().Permitted)}, has names in common with that of {name}. Agree on domains that have none, and make its card anew.");
        }
    }

    private static PkiVerb List(string kind, TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home($"the {kind.ToUpperInvariant()}");
        return new PkiVerb("list", "Lists the other authorities.", $"cki {kind} peer list --home {(kind == HomeKind.Cma ? "a" : "top")} --json") { path }.Does(output, error, async (parsed, cancellationToken) =>
        {
            var home = Home.Open(parsed.GetValue(path)!, kind);
            using var log = new WarningLog(error);
            await using var host = await RunCommand.OpenAsync(home, log, cancellationToken).ConfigureAwait(false);
            var keys = await host.Store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false);
            var listing = new PkiListing().With("peers");
            foreach (var card in host.Routes.Cards)
            {
                var until = keys.Where(key => key.ExternalCma == card.ToName().Canonical && !key.IsRetired).Select(key => (DateTimeOffset?)key.NotAfter).Max();
                listing.Add(
                    "peers",
                    new JsonObject { ["name"] = card.Name, ["kind"] = card.Kind, ["address"] = card.Address, ["route"] = host.Routes.RouteTo(card), ["keyUntil"] = until is { } end ? ShowText.Iso(end) : null },
                    $"{card.Name}  {card.Kind}  {host.Routes.RouteTo(card)}{(kind == HomeKind.Tlcma || card.Kind == HomeKind.Tlcma ? "" : until is { } time ? $"  key until {ShowText.Iso(time)}" : "  no key")}");
            }

            return listing.ToResult();
        });
    }

    private static PkiVerb Remove(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the CMA");
        var cma = new Option<string>("--cma") { Description = "The other CMA.", HelpName = "DN", Required = true };
        return new PkiVerb(
            "remove",
            "Takes another CMA off: it may do nothing here any more, and nobody gets certificates for its users. Where there is a TLCMA that is what takes a CMA out of use ('cki tlcma peer revoke'); it may make this one known again.",
            "cki cma peer remove --home a --cma \"CN=CMA B,O=Domain B,C=GB\"") { path, cma }.Does(output, error, async (parsed, cancellationToken) =>
        {
            var name = PkiOptions.Name(parsed.GetValue(cma)!);
            using var log = new WarningLog(error);
            await using var host = await CmaHost.OpenAsync(Home.Open(parsed.GetValue(path)!, HomeKind.Cma), new HostSettings(log), cancellationToken).ConfigureAwait(false);
            return await host.Authority.Peers.RemoveAsync(name, cancellationToken).ConfigureAwait(false)
                ? new PkiResult(new JsonObject { ["cma"] = name.ToString(), ["state"] = "removed" }, $"{name} is taken off\n")
                : throw CommandException.NotFound($"{name} is no CMA that is known here.");
        });
    }

    private static PkiVerb Exchange(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the CMA");
        var cma = new Option<string>("--cma") { Description = "The other CMA.", HelpName = "DN", Required = true };
        var via = new Option<string?>("--via") { Description = "Who makes the key: the TLCMA, or the two CMAs; default: the TLCMA where there is one." };
        via.AcceptOnlyFromAmong("tlcma", "peer");
        return new PkiVerb("exchange", "Gets a key with another domain now: from the TLCMA where there is one, else by an exchange with the other CMA.", "cki cma peer exchange --home a --cma \"CN=CMA B,O=Domain B,C=GB\"") { path, cma, via }.Does(output, error, async (parsed, cancellationToken) =>
        {
            var home = Home.Open(parsed.GetValue(path)!, HomeKind.Cma);
            var name = PkiOptions.Name(parsed.GetValue(cma)!);
            using var log = new WarningLog(error);
            await using var host = await CmaHost.OpenAsync(home, new HostSettings(log), cancellationToken).ConfigureAwait(false);
            host.RequireCertified();
            if (host.Routes.Cards.All(card => !card.ToName().Equals(name)))
            {
                throw CommandException.NotFound($"{name} is not known; 'cki cma peer add --card FILE' makes it known.");
            }

            var outcome = await host.Exchange.ExchangeAsync(name, parsed.GetValue(via) is { } way ? way == "tlcma" : null, cancellationToken).ConfigureAwait(false);
            await host.Courier.DeliverAsync(cancellationToken).ConfigureAwait(false);
            var status = MessageWords.Describe(outcome.Status).Split(':')[0];
            var json = new JsonObject { ["cma"] = name.ToString(), ["status"] = status, ["text"] = outcome.Text };
            var code = outcome.Status == PKIStatus.Rejection ? ExitCodes.Rejected : outcome.Status == PKIStatus.Waiting ? ExitCodes.Waiting : ExitCodes.Ok;
            return new PkiResult(json, $"{name}: {status}{(outcome.Text.Length > 0 ? $": {Failures.OneLine(outcome.Text)}" : "")}\n", ExitCode: code);
        });
    }
}
