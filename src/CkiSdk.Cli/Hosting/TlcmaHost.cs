using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Hosting;

/// <summary>Is a TLCMA at work.</summary>
internal sealed class TlcmaHost : AuthorityHost
{
    private TlcmaHost(AuthorityParts parts, Tlcma authority, HostSettings settings)
        : base(parts, settings) => Authority = authority;

    /// <summary>Gets the authority itself.</summary>
    public Tlcma Authority { get; }

    /// <inheritdoc/>
    protected override IMessageHandler Handler => Authority;

    /// <summary>Opens the TLCMA of a home.</summary>
    /// <param name="home">The home.</param>
    /// <param name="settings">How.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">Something in the home is missing, damaged or another's.</exception>
    public static async Task<TlcmaHost> OpenAsync(Home home, HostSettings settings, CancellationToken cancellationToken)
    {
        var parts = await AuthorityParts.OpenAsync(home, settings, cancellationToken).ConfigureAwait(false);
        var identity = parts.Identity;
        var options = new TlcmaOptions
        {
            Certificate = identity.Certificate,
            SigningKey = identity.SigningKey,
            SignatureAlgorithm = identity.SigningKey.DefaultAlgorithm(),
            StorageKey = identity.Party.HomeKey,
            AuthenticationAnchors = [identity.Authority],
        };
        return new TlcmaHost(parts, new Tlcma(options, parts.Store, CryptoProviders.Software, TimeProvider.System), settings);
    }

    /// <summary>Makes the CMA certificate of a domain (CKI Part 2 ¶27 c) for the key in the card of its CMA.</summary>
    /// <param name="card">The card.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Certificate> CertifyAsync(PartyCard card, CancellationToken cancellationToken)
    {
        var asked = PartyCard.ToCertificate(card.Certificate);
        var now = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        now = asked.NotBefore > now ? asked.NotBefore : now; // the next key of a CMA takes over on a day to come
        var end = asked.NotAfter < Identity.Certificate.NotAfter ? asked.NotAfter : Identity.Certificate.NotAfter;
        return await Authority.Administration.CertifyCmaAsync(
            card.ToName(), asked.SubjectPublicKeyInfo, now > Identity.Certificate.NotBefore ? now : Identity.Certificate.NotBefore, end, card.ToDomain(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Requires that no CMA certificate for the key in a card was revoked.</summary>
    /// <param name="card">The card.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">One was.</exception>
    public async Task RequireOtherKeyAsync(PartyCard card, CancellationToken cancellationToken)
    {
        if (await Authority.Administration.IsKeyRevokedAsync(PartyCard.ToCertificate(card.Certificate).SubjectPublicKeyInfo, cancellationToken).ConfigureAwait(false))
        {
            throw new CommandException(ExitCodes.NotTrusted, $"A certificate for the key in the card of {card.Name} was revoked here, so that none is made for it again. Ask its operator for the card that 'cki cma renew --in-days 0' writes with another key.");
        }
    }

    /// <inheritdoc/>
    public override ValueTask MaintainAsync(CancellationToken cancellationToken) => Authority.MaintainAsync(cancellationToken);

    /// <inheritdoc/>
    public override async Task RegisterAsync(PartyCard card, CancellationToken cancellationToken) => await Authority.Peers.PutAsync(
        card.ToName(), PartyKinds.Cma, card.ToDomain(), PartyCard.ToCertificate(card.Encryption), cancellationToken: cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override void DisposeHandler() => Authority.Dispose();
}
