using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Homes;

/// <summary>Takes the certificates that a TLCMA has made for a CMA into its home: where <c>cki cma join</c> is run, and on the other machines that have the same keys.</summary>
internal static class OwnCertificates
{
    /// <summary>Takes a certificate.</summary>
    /// <param name="home">The home of the CMA.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="cards">The cards, which then tell other machines of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">It is not from the TLCMA, or not for a key of this CMA.</exception>
    public static async Task TakeAsync(Home home, Certificate certificate, PeerCards cards, CancellationToken cancellationToken)
    {
        var tlcma = await cards.FindTlcmaAsync(cancellationToken).ConfigureAwait(false)
            ?? throw CommandException.Usage($"{home.Configuration.Name} has no TLCMA; 'cki cma init --tlcma CARD' names one.");
        if (!IsFrom(tlcma, certificate))
        {
            throw new CommandException(ExitCodes.NotTrusted, $"The certificate of {certificate.Subject} is not signed by {tlcma.Name}.");
        }

        if (!certificate.Subject.Equals(home.Name) || !(SigningKeys.TakeNext(home, certificate) || TryReplace(home, certificate, tlcma, _ => true)))
        {
            throw CommandException.Usage($"The certificate of {certificate.Subject} is not for the key of {home.Configuration.Name}.");
        }

        await cards.PutAsync(AuthorityHome.MakeCard(home, AuthorityHome.AddressOf(home), certificate, tlcma), cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes what was taken on another machine, if its key is here.</summary>
    /// <param name="home">The home.</param>
    /// <param name="cards">The cards.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether a certificate of this home is another one now.</returns>
    public static async Task<bool> FollowAsync(Home home, PeerCards cards, CancellationToken cancellationToken)
    {
        if (home.Configuration.Kind != HomeKind.Cma || await cards.FindOwnAsync(cancellationToken).ConfigureAwait(false) is not { } own
            || await cards.FindTlcmaAsync(cancellationToken).ConfigureAwait(false) is not { } tlcma)
        {
            return false;
        }

        var certificate = PartyCard.ToCertificate(own.Certificate);
        return IsFrom(tlcma, certificate) && (SigningKeys.TakeNext(home, certificate) || TryReplace(
            home, certificate, tlcma, mine => mine.Issuer.Equals(mine.Subject) || certificate.NotBefore > mine.NotBefore));
    }

    private static bool IsFrom(PartyCard tlcma, Certificate certificate) => certificate.IsSignedBy(PartyCard.ToCertificate(tlcma.Certificate), CryptoProviders.Software);

    private static bool TryReplace(Home home, Certificate certificate, PartyCard tlcma, Func<Certificate, bool> mayReplace)
    {
        var mine = home.ReadCertificate(HomeKind.Cma);
        if (!certificate.SubjectPublicKeyInfo.Span.SequenceEqual(mine.SubjectPublicKeyInfo.Span) || !mayReplace(mine))
        {
            return false;
        }

        home.Write(HomeKind.Cma, certificate);
        AuthorityHome.WriteCard(home, AuthorityHome.MakeCard(home, AuthorityHome.AddressOf(home), certificate, tlcma));
        return true;
    }
}
