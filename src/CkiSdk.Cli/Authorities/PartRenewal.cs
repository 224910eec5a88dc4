using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Authorities;

/// <summary>Renews what an authority has besides the keys with which a CMA signs, so that those who know what is there now go on without a gap.</summary>
internal static class PartRenewal
{
    /// <summary>The authentication certificate, with a new key.</summary>
    public const string Tls = "tls";

    /// <summary>The certificate that keys are sealed to, with a new key; the one before still opens what was sealed to it.</summary>
    public const string Encryption = "encryption";

    /// <summary>The certificate of the authority of authentication, for the same key, which others have pinned; with it both of the above.</summary>
    public const string Authority = "authority";

    /// <summary>The certificate of a TLCMA, for the same key, which CMA certificates lead to.</summary>
    public const string Certificate = "certificate";

    /// <summary>Renews a part and writes the card anew.</summary>
    /// <param name="host">The authority.</param>
    /// <param name="what">One of the above.</param>
    /// <param name="lifetime">How long the new certificate is valid at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The new certificate.</returns>
    public static async Task<Certificate> RenewAsync(AuthorityHost host, string what, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var (home, homeKey, provider) = (host.Home, host.Identity.Party.HomeKey, CryptoProviders.Software);
        var made = what switch
        {
            Certificate => await AuthenticationAuthority.CertifyAsync(home, home.Configuration.Kind, home.Name, host.Identity.SigningKey, lifetime, provider, cancellationToken).ConfigureAwait(false),
            Authority => await CertifyAuthorityAsync().ConfigureAwait(false),
            _ => null,
        };
        if (what is Tls or Authority)
        {
            using var authority = await AuthenticationAuthority.OpenAsync(home, homeKey, provider, cancellationToken).ConfigureAwait(false);
            var tls = await authority.MakeTlsAsync(home.Name, isServer: true, lifetime, cancellationToken).ConfigureAwait(false);
            AuthorityHome.Write(home, PartyIdentity.TlsName, tls, homeKey);
            made ??= tls.Certificate;
        }

        if (what is Encryption or Authority)
        {
            using var authority = await AuthenticationAuthority.OpenAsync(home, homeKey, provider, cancellationToken).ConfigureAwait(false);
            var encryption = await authority.MakeEncryptionAsync(home.Name, lifetime, cancellationToken).ConfigureAwait(false);
            PartyIdentity.KeepFormerEncryption(home, homeKey);
            AuthorityHome.Write(home, PartyIdentity.EncryptionName, encryption, homeKey);
            made ??= encryption.Certificate;
        }

        var signer = what == Certificate ? made! : host.Identity.Certificate;
        var card = AuthorityHome.MakeCard(home, AuthorityHome.AddressOf(home), signer, host.Routes.Tlcma);
        AuthorityHome.WriteCard(home, card);
        var last = what == Certificate ? made! : host.Identity.Signers[^1].Certificate;
        await host.Cards.PutAsync(card with { Certificate = last.ToPem() }, cancellationToken: cancellationToken).ConfigureAwait(false);
        return made!;

        async Task<Certificate> CertifyAuthorityAsync()
        {
            using var key = await AuthorityIdentity.ReadSigningKeyAsync(home, AuthorityIdentity.AuthorityName, homeKey, provider, cancellationToken).ConfigureAwait(false);
            return await AuthenticationAuthority.CertifyAsync(home, AuthorityIdentity.AuthorityName, host.Identity.Authority.Subject, key, lifetime, provider, cancellationToken).ConfigureAwait(false);
        }
    }
}
