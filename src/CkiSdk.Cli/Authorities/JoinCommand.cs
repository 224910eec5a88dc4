using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Cli.Stores;
using CkiSdk.Pki.Crls;

namespace CkiSdk.Cli.Authorities;

/// <summary>Is <c>cki cma join</c>: takes the CMA certificate that the TLCMA has made.</summary>
internal static class JoinCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the CMA");
        var input = new Option<string>("--in") { Description = "The CMA certificate, as 'cki tlcma peer add' writes it.", HelpName = "FILE", Required = true };
        return new PkiVerb("join", "Takes the CMA certificate that the TLCMA has made, and writes the card anew.", "cki cma join --home a --in a.pem") { path, input }.Does(output, error, async (parsed, cancellationToken) =>
        {
            var home = Home.Open(parsed.GetValue(path)!, HomeKind.Cma);
            var certificate = await PkiInputs.CertificateAsync(parsed.GetValue(input)!, cancellationToken).ConfigureAwait(false);
            await using var store = await AuthorityStore.OpenAsync(home, cancellationToken).ConfigureAwait(false);
            var crls = (await store.ListCrlsAsync(cancellationToken).ConfigureAwait(false)).Select(crl => RevocationList.Decode(crl.Encoded));
            if (crls.Any(list => list.Issuer.Equals(certificate.Issuer) && list.Find(certificate.SerialNumber) is not null))
            {
                throw new CommandException(ExitCodes.NotTrusted, $"{certificate.Issuer} has revoked the certificate in {parsed.GetValue(input)}. {CmaHost.Advice(home)}.");
            }

            await OwnCertificates.TakeAsync(home, certificate, new PeerCards(store, home.Name), cancellationToken).ConfigureAwait(false);
            return new PkiResult(
                new JsonObject { ["name"] = home.Configuration.Name, ["issuer"] = certificate.Issuer.ToString(), ["notAfter"] = ShowText.Iso(certificate.NotAfter), ["card"] = home.PathOf(AuthorityHome.CardFile) },
                $"{home.Configuration.Name} is certified by {certificate.Issuer} until {ShowText.Iso(certificate.NotAfter)}\n");
        });
    }
}
