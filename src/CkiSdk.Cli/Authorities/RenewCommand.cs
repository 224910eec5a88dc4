using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;

namespace CkiSdk.Cli.Authorities;

/// <summary>Is <c>cki cma renew</c>: makes the key and the certificate with which the CMA will sign after those of today (CKI Part 2 B.8, 2.1.2.11).</summary>
internal static class RenewCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the CMA");
        var days = new Option<int>("--in-days") { Description = "In how many days the next key takes over; users and other CMAs learn of it before.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var years = new Option<int>("--years") { Description = "For how many years its certificate is valid.", HelpName = "N", DefaultValueFactory = _ => 10 };
        return new PkiVerb("renew", "Makes the next signing key of a CMA, which takes over on a day to come; restart the CMA afterwards. Where there is a TLCMA it writes a card for it: 'cki tlcma peer add' makes the certificate, 'cki cma join' takes it.", "cki cma renew --home a --in-days 30") { path, days, years }.Does(output, error, async (parsed, cancellationToken) =>
        {
            var home = Home.Open(parsed.GetValue(path)!, HomeKind.Cma);
            using var log = new WarningLog(error);
            await using var host = await CmaHost.OpenAsync(home, new HostSettings(log), cancellationToken).ConfigureAwait(false);
            host.RequireCertified();
            var now = TimeProvider.System.GetUtcNow();
            if (host.Identity.Signers[^1].Certificate.NotBefore > now)
            {
                throw new CommandException(ExitCodes.Rejected, $"The next key is there already; it takes over at {ShowText.Iso(host.Identity.Signers[^1].Certificate.NotBefore)}.");
            }

            var wait = parsed.GetValue(days) is >= 0 and <= 3650 and var count ? count : throw CommandException.Usage("--in-days: a number from 0 to 3650.");
            var lifetime = parsed.GetValue(years) is >= 1 and <= 50 and var number ? TimeSpan.FromDays(365.25 * number) : throw CommandException.Usage("--years: a number from 1 to 50.");
            var (start, last) = (now.AddDays(wait), host.Identity.Certificate.NotAfter);
            if (start >= last)
            {
                throw CommandException.Usage($"--in-days: the key of today ends at {ShowText.Iso(last)}; the next one must take over before.");
            }

            var next = await SigningKeys.MakeNextAsync(home, host.Identity, start, start + lifetime, cancellationToken).ConfigureAwait(false);
            var card = File.Exists(home.PathOf(SigningKeys.CardFile)) ? home.PathOf(SigningKeys.CardFile) : null;
            var todo = card is null ? $"then: restart the running CMA; it tells the others\n" : $"next: give {card} to the TLCMA, whose operator makes the certificate with 'cki tlcma peer add'; then 'cki cma join', and restart the running CMA\n";
            return new PkiResult(
                new JsonObject { ["name"] = home.Configuration.Name, ["notBefore"] = ShowText.Iso(next.NotBefore), ["notAfter"] = ShowText.Iso(next.NotAfter), ["card"] = card },
                $"{home.Configuration.Name}\ntakes over   {ShowText.Iso(next.NotBefore)}\nuntil        {ShowText.Iso(next.NotAfter)}\n{todo}");
        });
    }
}
