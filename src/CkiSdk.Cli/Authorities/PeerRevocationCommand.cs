using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;

namespace CkiSdk.Cli.Authorities;

/// <summary>Is <c>cki tlcma peer revoke</c>: a CMA certificate is no longer good (CKI Part 2 ¶104).</summary>
internal static class PeerRevocationCommand
{
    private static readonly Dictionary<string, CRLReason> Reasons = new(StringComparer.Ordinal)
    {
        ["unspecified"] = CRLReason.Unspecified,
        ["key-compromise"] = CRLReason.KeyCompromise,
        ["ca-compromise"] = CRLReason.CACompromise,
        ["affiliation-changed"] = CRLReason.AffiliationChanged,
        ["superseded"] = CRLReason.Superseded,
        ["cessation-of-operation"] = CRLReason.CessationOfOperation,
        ["privilege-withdrawn"] = CRLReason.PrivilegeWithdrawn,
    };

    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static PkiVerb Create(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the TLCMA");
        var cma = new Option<string>("--cma") { Description = "The CMA whose certificates are revoked, all that have not ended.", HelpName = "DN", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why.", DefaultValueFactory = _ => "unspecified" };
        reason.AcceptOnlyFromAmong([.. Reasons.Keys]);
        return new PkiVerb(
            "revoke",
            "Revokes the certificates of a CMA: a CRL goes to all CMAs and their users, who issue, seal and open nothing under them any more. To go on, the CMA needs a certificate for another key ('cki cma renew --in-days 0', then 'cki tlcma peer add').",
            "cki tlcma peer revoke --home top --cma \"CN=CMA B,O=Domain B,C=GB\" --reason key-compromise") { path, cma, reason }.Does(output, error, async (parsed, cancellationToken) =>
        {
            var name = PkiOptions.Name(parsed.GetValue(cma)!);
            using var log = new WarningLog(error);
            await using var host = await TlcmaHost.OpenAsync(Home.Open(parsed.GetValue(path)!, HomeKind.Tlcma), new HostSettings(log), cancellationToken).ConfigureAwait(false);
            try
            {
                await host.Authority.Administration.RevokeCmaAsync(name, Reasons[parsed.GetValue(reason)!], cancellationToken).ConfigureAwait(false);
            }
            catch (InvalidOperationException exception)
            {
                throw CommandException.NotFound(exception.Message);
            }

            return new PkiResult(new JsonObject { ["cma"] = name.ToString(), ["state"] = "revoked" }, $"{name} is revoked; the running TLCMA tells those concerned\n");
        });
    }
}
