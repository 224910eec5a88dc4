using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Homes;

/// <summary>Makes the homes of CMAs and TLCMAs: keys, certificates, the card for others.</summary>
internal static class AuthorityHome
{
    /// <summary>The name of the file with the card.</summary>
    public const string CardFile = "card.json";

    /// <summary>The name of the file of the store.</summary>
    public const string StoreFile = "store.sqlite";

    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <summary>Makes a home.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="address">Where others reach the authority.</param>
    /// <param name="lifetime">How long its certificates are valid.</param>
    /// <param name="tlcma">The card of the TLCMA; null for none.</param>
    /// <param name="begin">Makes the store in the home.</param>
    /// <param name="cancellationToken">Stops it; nothing is left behind.</param>
    /// <exception cref="CommandException">The folder is in use, or the domain does not hold the CMA's name.</exception>
    public static Task<Home> CreateAsync(
        string path, HomeConfiguration configuration, string address, TimeSpan lifetime, PartyCard? tlcma, Func<Home, Task> begin, CancellationToken cancellationToken)
    {
        var provider = CryptoProviders.Software;
        return Home.CreateAsync(
            path,
            configuration,
            async (home, homeKey) =>
            {
                var certificate = await MakeCertificateAsync(home, homeKey, lifetime, provider, cancellationToken).ConfigureAwait(false);
                using var authority = await AuthenticationAuthority.CreateAsync(home, homeKey, lifetime, provider, cancellationToken).ConfigureAwait(false);
                var tls = await authority.MakeTlsAsync(home.Name, isServer: true, lifetime, cancellationToken).ConfigureAwait(false);
                var encryption = await authority.MakeEncryptionAsync(home.Name, lifetime, cancellationToken).ConfigureAwait(false);
                Write(home, PartyIdentity.TlsName, tls, homeKey);
                Write(home, PartyIdentity.EncryptionName, encryption, homeKey);
                WriteCard(home, MakeCard(home, address, certificate, tlcma));
                await begin(home).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <summary>Makes the card that others get, with the certificates that are in the home.</summary>
    /// <param name="home">The home.</param>
    /// <param name="address">Where others reach the authority.</param>
    /// <param name="certificate">The CMA or TLCMA certificate.</param>
    /// <param name="tlcma">The card of the TLCMA; null for none.</param>
    public static PartyCard MakeCard(Home home, string address, Certificate certificate, PartyCard? tlcma) => new()
    {
        Version = HomeConfiguration.CurrentVersion,
        Kind = home.Configuration.Kind,
        Name = home.Configuration.Name,
        Domain = home.Configuration.Domain,
        Address = address,
        Certificate = certificate.ToPem(),
        Authority = home.ReadCertificate(AuthorityIdentity.AuthorityName).ToPem(),
        Encryption = home.ReadCertificate(PartyIdentity.EncryptionName).ToPem(),
        Anchor = tlcma?.Certificate,
    };

    /// <summary>Writes the card that others get.</summary>
    /// <param name="home">The home.</param>
    /// <param name="card">The card.</param>
    /// <param name="file">The name of the file.</param>
    public static void WriteCard(Home home, PartyCard card, string file = CardFile) => HomeFiles.Write(home.PathOf(file), card.ToJson());

    /// <summary>Reads where others reach the authority.</summary>
    /// <param name="home">The home.</param>
    public static string AddressOf(Home home) => PartyCard.Read(home.PathOf(CardFile)).Address;

    /// <summary>Writes a certificate with its key, and zeroes the key.</summary>
    /// <param name="home">The home.</param>
    /// <param name="name">The name of the files.</param>
    /// <param name="made">The certificate and the key.</param>
    /// <param name="homeKey">The key of the home.</param>
    public static void Write(Home home, string name, (Certificate Certificate, Secret Pkcs8) made, Secret homeKey)
    {
        home.Replace(name, made.Certificate, made.Pkcs8, homeKey);
        made.Pkcs8.Dispose();
    }

    private static async Task<Certificate> MakeCertificateAsync(Home home, Secret homeKey, TimeSpan lifetime, CryptoProvider provider, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, cancellationToken).ConfigureAwait(false);
        try
        {
            var template = home.Configuration.Kind == HomeKind.Cma
                ? CertificateProfiles.Cma(home.Name, key.SubjectPublicKeyInfo, now - Slack, now + lifetime, new DomainRule(home.Configuration.Domain.Select(DistinguishedName.Parse)))
                : CertificateProfiles.AuthenticationAuthority(home.Name, key.SubjectPublicKeyInfo, now - Slack, now + lifetime);
            var certificate = await CertificateSigner.SignAsync(template, null, key, key.Algorithms[0], SerialNumbers.Random(provider.Random), cancellationToken).ConfigureAwait(false);
            using var pkcs8 = ((IExportableKey)key).ExportPkcs8();
            home.Write(home.Configuration.Kind, certificate);
            home.Write(home.Configuration.Kind, pkcs8, homeKey);
            return certificate;
        }
        catch (ArgumentException exception)
        {
            throw CommandException.Usage($"--domain: {home.Name} is not in its own domain {string.Join(" | ", home.Configuration.Domain)}.", exception);
        }
    }
}
