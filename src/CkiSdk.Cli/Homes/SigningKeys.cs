using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Options;

namespace CkiSdk.Cli.Homes;

/// <summary>Holds the certificates with which an authority signs: the first, <c>cma.pem</c>, and those that followed it, <c>cma-2.pem</c> and so on. None is removed that has signed anything: each signs a CRL of its own.</summary>
internal static class SigningKeys
{
    private const string Waiting = "next";

    /// <summary>The name of the file of the card for a key that waits for its certificate from the TLCMA.</summary>
    public const string CardFile = "card-next.json";

    /// <summary>Reads all of them.</summary>
    /// <param name="home">The home.</param>
    /// <param name="homeKey">The key of the home.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The first one first; the caller disposes of the keys.</returns>
    /// <exception cref="CommandException">A file is missing, damaged or another party's.</exception>
    public static async Task<IReadOnlyList<CmaSigner>> ReadAsync(Home home, Secret homeKey, CryptoProvider provider, CancellationToken cancellationToken)
    {
        var signers = new List<CmaSigner>();
        try
        {
            for (var number = 1; number == 1 || File.Exists(home.PathOf($"{NameOf(home, number)}.pem")); number++)
            {
                var name = NameOf(home, number);
                var certificate = home.ReadCertificate(name);
                var key = await AuthorityIdentity.ReadSigningKeyAsync(home, name, homeKey, provider, cancellationToken).ConfigureAwait(false);
                signers.Add(new CmaSigner(certificate, key, key.DefaultAlgorithm()));
                if (!certificate.Subject.Equals(home.Name))
                {
                    throw home.Unusable($"{name}.pem", $"it is a certificate of {certificate.Subject}, and this is the home of {home.Name}");
                }

                if (!key.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span))
                {
                    throw home.Unusable($"{name}.key", $"it is not the key of {name}.pem");
                }
            }

            return signers;
        }
        catch
        {
            signers.ForEach(signer => signer.Key.Dispose());
            throw;
        }
    }

    /// <summary>Makes the next key of a CMA. Where there is no TLCMA the key in force signs its certificate, which so leads to what the others have pinned; else the TLCMA is to make it.</summary>
    /// <param name="home">The home.</param>
    /// <param name="identity">What the CMA is now.</param>
    /// <param name="tlcma">The card of the TLCMA; null for none.</param>
    /// <param name="start">From when the next key signs.</param>
    /// <param name="end">Until when.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The certificate; a preliminary one where the TLCMA is to make it.</returns>
    public static async Task<Certificate> MakeNextAsync(Home home, AuthorityIdentity identity, PartyCard? tlcma, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var provider = CryptoProviders.Software;
        using var key = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, cancellationToken).ConfigureAwait(false);
        var (issuer, signer) = tlcma is null ? (identity.Certificate, identity.SigningKey) : ((Certificate?)null, key);
        var template = CertificateProfiles.Cma(home.Name, key.SubjectPublicKeyInfo, start, end, DomainRule.Of(identity.Certificate));
        var certificate = await CertificateSigner.SignAsync(template, issuer, signer, signer.DefaultAlgorithm(), SerialNumbers.Random(provider.Random), cancellationToken).ConfigureAwait(false);
        using var pkcs8 = ((IExportableKey)key).ExportPkcs8();
        var name = tlcma is null ? NameOf(home, identity.Signers.Count + 1) : WaitingNameOf(home);
        home.Write(name, pkcs8, identity.Party.HomeKey);
        home.Write(name, certificate);
        if (tlcma is not null)
        {
            AuthorityHome.WriteCard(home, AuthorityHome.MakeCard(home, AuthorityHome.AddressOf(home), certificate, tlcma), CardFile);
        }

        return certificate;
    }

    /// <summary>Takes the certificate that the TLCMA has made for the next key.</summary>
    /// <param name="home">The home.</param>
    /// <param name="certificate">The certificate.</param>
    /// <returns>False where no next key of this kind waits.</returns>
    public static bool TakeNext(Home home, Certificate certificate)
    {
        var waiting = WaitingNameOf(home);
        if (!File.Exists(home.PathOf($"{waiting}.pem")) || !home.ReadCertificate(waiting).SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span))
        {
            return false;
        }

        var number = 2;
        while (File.Exists(home.PathOf($"{NameOf(home, number)}.pem")))
        {
            number++;
        }

        // The certificate last: without it the key is not looked at.
        File.Move(home.PathOf($"{waiting}.key"), home.PathOf($"{NameOf(home, number)}.key"), overwrite: true);
        home.Write(NameOf(home, number), certificate);
        File.Delete(home.PathOf($"{waiting}.pem"));
        File.Delete(home.PathOf(CardFile));
        return true;
    }

    /// <summary>Removes the files of one of them, the certificate first: without it the key is not looked at.</summary>
    /// <param name="home">The home.</param>
    /// <param name="number">1 for the first.</param>
    public static void Remove(Home home, int number)
    {
        foreach (var file in Home.FilesOf(NameOf(home, number)))
        {
            File.Delete(home.PathOf(file));
        }
    }

    /// <summary>Names the files of one of them.</summary>
    /// <param name="home">The home.</param>
    /// <param name="number">1 for the first.</param>
    public static string NameOf(Home home, int number) => number == 1 ? home.Configuration.Kind : $"{home.Configuration.Kind}-{number}";

    /// <summary>Names the files of the one that waits for its certificate from the TLCMA.</summary>
    /// <param name="home">The home.</param>
    public static string WaitingNameOf(Home home) => $"{home.Configuration.Kind}-{Waiting}";

    /// <summary>Names the files of all of them that are there, and of the one that may wait.</summary>
    /// <param name="home">The home.</param>
    public static IEnumerable<string> NamesOf(Home home)
    {
        yield return WaitingNameOf(home);
        for (var number = 1; number == 1 || Home.FilesOf(NameOf(home, number)).Any(file => File.Exists(home.PathOf(file))); number++)
        {
            yield return NameOf(home, number);
        }
    }
}
