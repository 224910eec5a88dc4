using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;

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
            Take(home, certificate);
            return new PkiResult(
                new JsonObject { ["name"] = home.Configuration.Name, ["issuer"] = certificate.Issuer.ToString(), ["notAfter"] = ShowText.Iso(certificate.NotAfter), ["card"] = home.PathOf(AuthorityHome.CardFile) },
                $"{home.Configuration.Name} is certified by {certificate.Issuer} until {ShowText.Iso(certificate.NotAfter)}\n");
        });
    }

    /// <summary>Takes a certificate.</summary>
    /// <param name="home">The home of the CMA.</param>
    /// <param name="certificate">The certificate.</param>
    /// <exception cref="CommandException">It is not from the TLCMA, or not for the key of this CMA.</exception>
    public static void Take(Home home, Certificate certificate)
    {
        var tlcma = new PeerCards(home).FindTlcma() ?? throw CommandException.Usage($"{home.Configuration.Name} has no TLCMA; 'cki cma init --tlcma CARD' names one.");
        var mine = home.ReadCertificate(HomeKind.Cma);
        if (!certificate.IsSignedBy(PartyCard.ToCertificate(tlcma.Certificate), CryptoProviders.Software))
        {
            throw new CommandException(ExitCodes.NotTrusted, $"The certificate of {certificate.Subject} is not signed by {tlcma.Name}.");
        }

        if (certificate.Subject.Equals(home.Name) && SigningKeys.TakeNext(home, certificate))
        {
            return;
        }

        if (!certificate.Subject.Equals(home.Name) || !certificate.SubjectPublicKeyInfo.Span.SequenceEqual(mine.SubjectPublicKeyInfo.Span))
        {
            throw CommandException.Usage($"The certificate of {certificate.Subject} is not for the key of {home.Configuration.Name}.");
        }

        home.Write(HomeKind.Cma, certificate);
        AuthorityHome.WriteCard(home, PartyCard.Read(home.PathOf(AuthorityHome.CardFile)).Address, certificate, tlcma);
    }
}
