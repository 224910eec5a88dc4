using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Users;

/// <summary>Is <c>cki user certs</c>: fetches what waits at the CMA and lists the certificates.</summary>
internal static class CertsCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the user");
        var offline = new Option<bool>("--offline") { Description = "Do not ask the CMA for anything." };
        var days = NumberOptions.Make("--days", 7, 0, 36500, "What ends within so many days ends soon; exit code 8 says that something of the user's own does.");
        return new PkiVerb("certs", "Fetches keys, certificates and CRLs that wait at the CMA, gets a send certificate where there is none, and lists all.", "cki user certs --home a1 --json") { path, offline, days }.Does(output, error, async (parsed, cancellationToken) =>
        {
            await using var session = await UserSession.OpenAsync(Home.Open(parsed.GetValue(path)!, HomeKind.User), cancellationToken: cancellationToken).ConfigureAwait(false);
            if (!parsed.GetValue(offline))
            {
                await session.Client.FetchAnnouncementsAsync(cancellationToken).ConfigureAwait(false);
                _ = await session.Client.SendCertificateAsync(cancellationToken).ConfigureAwait(false);
            }

            return List(session, TimeProvider.System.GetUtcNow(), parsed.GetValue(days));
        });
    }

    private static PkiResult List(UserSession session, DateTimeOffset now, int days)
    {
        var listing = new PkiListing().With("send").With("receive").With("crls").With("own").With("expiresSoon");
        foreach (var certificate in session.Client.Certificates.Send)
        {
            Add("send", certificate);
        }

        foreach (var certificate in session.Client.Certificates.Receive)
        {
            Add("receive", certificate);
        }

        foreach (var (name, certificate) in new[] { ("authentication", session.Tls), ("encryption", session.Encryption) })
        {
            listing.Add("own", new JsonObject { ["certificate"] = name, ["notAfter"] = ShowText.Iso(certificate.NotAfter) }, $"{name,-15} {certificate.Subject}  until {ShowText.Iso(certificate.NotAfter)}");
        }

        using var saved = session.Agent.Save();
        foreach (var list in saved.RevocationLists)
        {
            var next = list.NextIssueAt is { } at ? ShowText.Iso(at) : null;
            listing.Add("crls", new JsonObject { ["issuer"] = list.Issuer.ToString(), ["number"] = list.Number?.ToString(), ["nextUpdate"] = next }, $"crl             {list.Issuer}  number {list.Number}  next {next}");
        }

        var ending = Ending(session, now.AddDays(days)).ToArray();
        foreach (var line in ending)
        {
            listing.Add("expiresSoon", new JsonObject { ["what"] = line }, $"ends soon       {line}");
        }

        return listing.ToResult() with { ExitCode = ending.Length > 0 ? ExitCodes.ExpiresSoon : ExitCodes.Ok };

        void Add(string usage, Certificate certificate)
        {
            var state = StateOf(session, certificate, now);
            listing.Add(
                usage,
                new JsonObject
                {
                    ["user"] = certificate.Subject.ToString(),
                    ["issuer"] = certificate.Issuer.ToString(),
                    ["serial"] = Convert.ToHexStringLower(certificate.SerialNumber.Octets.Span),
                    ["notBefore"] = ShowText.Iso(certificate.NotBefore),
                    ["notAfter"] = ShowText.Iso(certificate.NotAfter),
                    ["state"] = state,
                },
                $"{usage,-15} {certificate.Subject}  until {ShowText.Iso(certificate.NotAfter)}  {state}");
        }
    }

    private static string StateOf(UserSession session, Certificate certificate, DateTimeOffset now)
    {
        var authority = session.Agent.FindAuthority(certificate);
        var isRevoked = authority is not null && (session.Agent.IsRevoked(authority) || session.Agent.FindCrl(authority)?.Find(certificate.SerialNumber) is not null);
        return isRevoked ? "revoked" : certificate.NotAfter < now ? "ended" : certificate.NotBefore > now ? "to come" : "valid";
    }

    private static IEnumerable<string> Ending(UserSession session, DateTimeOffset until)
    {
        if (session.Client.Certificates.Send.MaxBy(certificate => certificate.NotAfter) is { } send && send.NotAfter < until)
        {
            yield return $"the send certificate, at {ShowText.Iso(send.NotAfter)}";
        }

        foreach (var (name, certificate) in new[] { ("authentication", session.Tls), ("encryption", session.Encryption) })
        {
            if (certificate.NotAfter < until)
            {
                yield return $"the {name} certificate, at {ShowText.Iso(certificate.NotAfter)}: ask the operator of {session.Cma.Name} for a new enrolment file";
            }
        }
    }
}
