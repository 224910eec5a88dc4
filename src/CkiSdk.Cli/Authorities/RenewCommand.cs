using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;

namespace CkiSdk.Cli.Authorities;

/// <summary>Is <c>cki cma renew</c> and <c>cki tlcma renew</c>: makes the next signing key of a CMA, which takes over on a day to come (CKI Part 2 B.8, 2.1.2.11), or renews another certificate of a home.</summary>
internal static class RenewCommand
{
    private const string Signing = "signing";

    /// <summary>Creates the command.</summary>
    /// <param name="kind">One of <see cref="HomeKind"/>.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(string kind, TextWriter output, TextWriter error)
    {
        var first = kind == HomeKind.Cma ? Signing : PartRenewal.Certificate;
        var path = HomeOptions.Home($"the {kind.ToUpperInvariant()}");
        var days = NumberOptions.Make("--in-days", 30, 0, 3650, "In how many days the next signing key takes over; users and other CMAs learn of it before.");
        var years = NumberOptions.Make("--years", 10, 1, 50, "For how many years the certificate is valid.");
        var replace = new Option<bool>("--replace") { Description = "Make another next key in the place of one that waits for its certificate from the TLCMA; a certificate that is made for that one later is of no use." };
        var what = new Option<string>("--what") { Description = $"What is renewed: {(kind == HomeKind.Cma ? "the signing key" : "the certificate of the TLCMA, for the same key")}; tls and encryption, with new keys; authority, for the same key, and with it these two.", DefaultValueFactory = _ => first };
        what.AcceptOnlyFromAmong(first, PartRenewal.Tls, PartRenewal.Encryption, PartRenewal.Authority);
        var verb = new PkiVerb(
            "renew",
            kind == HomeKind.Cma
                ? "Makes the next signing key of a CMA, which takes over on a day to come, or renews another certificate; restart the CMA afterwards. Where there is a TLCMA a next signing key needs its certificate: the command writes a card, 'cki tlcma peer add' makes the certificate, 'cki cma join' takes it."
                : "Renews the certificate of a TLCMA, or another one of its home; restart it afterwards, and let the CMAs take its card anew with 'cki cma peer add'.",
            kind == HomeKind.Cma ? "cki cma renew --home a --in-days 30" : "cki tlcma renew --home top");
        Option[] options = kind == HomeKind.Cma ? [path, what, days, years, replace] : [path, what, years];
        foreach (var option in options)
        {
            verb.Options.Add(option);
        }

        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var home = Home.Open(parsed.GetValue(path)!, kind);
            using var log = new WarningLog(error);
            await using var host = await RunCommand.OpenAsync(home, log, cancellationToken).ConfigureAwait(false);
            (host as CmaHost)?.RequireCertified();
            var lifetime = TimeSpan.FromDays(365.25 * parsed.GetValue(years));
            return parsed.GetValue(what) == Signing
                ? await MakeNextAsync(home, host, parsed.GetValue(days), lifetime, parsed.GetValue(replace), cancellationToken).ConfigureAwait(false)
                : await RenewPartAsync(home, host, parsed.GetValue(what)!, lifetime, cancellationToken).ConfigureAwait(false);
        });
    }

    private static async Task<PkiResult> MakeNextAsync(Home home, AuthorityHost host, int days, TimeSpan lifetime, bool replaces, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var makesPlace = host.Identity.Signers[^1].Certificate is var waiting && waiting.NotBefore > now;
        if (makesPlace)
        {
            // One that was revoked before its day never signs anything, and makes place.
            if (host is not CmaHost cma || !await cma.Authority.Administration.IsRevokedAsync(waiting, cancellationToken).ConfigureAwait(false))
            {
                throw new CommandException(ExitCodes.Rejected, $"The next key is there already; it takes over at {ShowText.Iso(waiting.NotBefore)}.");
            }
        }

        if (!replaces && File.Exists(home.PathOf($"{SigningKeys.WaitingNameOf(home)}.pem")))
        {
            throw new CommandException(ExitCodes.Rejected, $"A next key waits for its certificate from the TLCMA, which may be on its way: {home.PathOf(SigningKeys.CardFile)} is its card. 'cki cma join' takes the certificate; --replace makes another key instead.");
        }

        var (start, last) = (now.AddDays(days), host.Identity.Certificate.NotAfter);
        if (start >= last)
        {
            throw CommandException.Usage($"--in-days: the key of today ends at {ShowText.Iso(last)}; the next one must take over before.");
        }

        if (makesPlace)
        {
            SigningKeys.Remove(home, host.Identity.Signers.Count);
        }

        var next = await SigningKeys.MakeNextAsync(home, host.Identity, host.Routes.Tlcma, start, start + lifetime, cancellationToken).ConfigureAwait(false);
        if (host.Routes.Tlcma is null)
        {
            // Machines with a copy of the home hear that they lack its key.
            await host.Cards.PutAsync(AuthorityHome.MakeCard(home, AuthorityHome.AddressOf(home), next, tlcma: null), cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        var card = File.Exists(home.PathOf(SigningKeys.CardFile)) ? home.PathOf(SigningKeys.CardFile) : null;
        var todo = card is null ? $"then: restart the running CMA; it tells the others\n" : $"next: give {card} to the TLCMA, whose operator makes the certificate with 'cki tlcma peer add'; then 'cki cma join', and restart the running CMA\n";
        return new PkiResult(
            new JsonObject { ["name"] = home.Configuration.Name, ["what"] = Signing, ["notBefore"] = ShowText.Iso(next.NotBefore), ["notAfter"] = ShowText.Iso(next.NotAfter), ["card"] = card },
            $"{home.Configuration.Name}\ntakes over   {ShowText.Iso(next.NotBefore)}\nuntil        {ShowText.Iso(next.NotAfter)}\n{todo}");
    }

    private static async Task<PkiResult> RenewPartAsync(Home home, AuthorityHost host, string what, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var made = await PartRenewal.RenewAsync(host, what, lifetime, cancellationToken).ConfigureAwait(false);
        var card = what == PartRenewal.Tls ? null : home.PathOf(AuthorityHome.CardFile);
        var todo = card is null ? "" : $", and give {card} to the others, who take it with 'cki {{cma|tlcma}} peer add'";
        return new PkiResult(
            new JsonObject { ["name"] = home.Configuration.Name, ["what"] = what, ["notBefore"] = ShowText.Iso(made.NotBefore), ["notAfter"] = ShowText.Iso(made.NotAfter), ["card"] = card },
            $"{home.Configuration.Name}\n{what,-12} until {ShowText.Iso(made.NotAfter)}\nthen: restart it{todo}\n");
    }
}
