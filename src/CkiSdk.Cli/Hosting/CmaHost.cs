using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto.Software;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Hosting;

/// <summary>Is a CMA at work.</summary>
internal sealed partial class CmaHost : AuthorityHost
{
    private static readonly TimeSpan LocalKeyLifetime = TimeSpan.FromDays(2 * 365);

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private readonly ILogger _logger;
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;
    private bool _isRevoked;

    private CmaHost(AuthorityParts parts, Cma authority, HostSettings settings)
        : base(parts, settings)
    {
        Authority = authority;
        _logger = settings.Log.CreateLogger<CmaHost>();
        Exchange = new KeyExchange(this, settings.Log.CreateLogger<KeyExchange>());
    }

    /// <summary>Gets the authority itself.</summary>
    public Cma Authority { get; }

    /// <summary>Gets what exchanges keys with the TLCMA and with peers.</summary>
    public KeyExchange Exchange { get; }

    /// <inheritdoc/>
    protected override IMessageHandler Handler => Authority;

    /// <summary>Opens the CMA of a home.</summary>
    /// <param name="home">The home.</param>
    /// <param name="settings">How.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">Something in the home is missing, damaged or another's.</exception>
    public static async Task<CmaHost> OpenAsync(Home home, HostSettings settings, CancellationToken cancellationToken)
    {
        var parts = await AuthorityParts.OpenAsync(home, settings, cancellationToken).ConfigureAwait(false);
        var (identity, tlcma) = (parts.Identity, parts.Routes.Tlcma);
        var options = new CmaOptions
        {
            Certificate = identity.Signers[0].Certificate,
            SigningKey = identity.Signers[0].Key,
            SignatureAlgorithm = identity.Signers[0].Algorithm,
            Successors = [.. identity.Signers.Skip(1)],
            StorageKey = identity.Party.HomeKey,
            Encryption = identity.Party.Encryption,
            Anchors = tlcma is null ? [] : [PartyCard.ToCertificate(tlcma.Certificate)],
            AuthenticationAnchors = [identity.Authority],
            AsksForDomains = tlcma is not null,
            Recovery = home.Configuration.Recovery ? new RecoveryOptions { CheckBack = TimeSpan.FromSeconds(5) } : null,
        };
        return new CmaHost(parts, new Cma(options, parts.Store, CryptoProviders.Software, TimeProvider.System), settings);
    }

    /// <summary>Makes what a new CMA needs: without a TLCMA the key of its domain, and the first CRL.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (Routes.Tlcma is not { } tlcma)
        {
            await Authority.Administration.CreateLocalKeyAsync(now.AddMinutes(-5), now + LocalKeyLifetime, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await RegisterAsync(tlcma, cancellationToken).ConfigureAwait(false);
        }

        await MaintainAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask MaintainAsync(CancellationToken cancellationToken)
    {
        await Authority.MaintainAsync(cancellationToken).ConfigureAwait(false);
        TellByCard();
        await LargeLists.WarnAsync(Authority.Administration, _logger, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task RegisterAsync(PartyCard card, CancellationToken cancellationToken)
    {
        if (card.Kind == HomeKind.Tlcma)
        {
            await Authority.Peers.PutAsync(card.ToName(), PartyKinds.Tlcma, cancellationToken: cancellationToken).ConfigureAwait(false);
            return;
        }

        var certificate = PartyCard.ToCertificate(card.Certificate);
        await Authority.Peers.PutAsync(
            card.ToName(), PartyKinds.Cma, card.ToDomain(), PartyCard.ToCertificate(card.Encryption), anchor: certificate.Subject.Equals(certificate.Issuer) ? certificate : null, cancellationToken).ConfigureAwait(false);
    }

    // The next certificate has taken over, and whoever gets the card from now on shall get that.
    private void TellByCard()
    {
        try
        {
            var (card, certificate) = (PartyCard.Read(Home.PathOf(AuthorityHome.CardFile)), Identity.Certificate);
            if (certificate.NotBefore > PartyCard.ToCertificate(card.Certificate).NotBefore)
            {
                AuthorityHome.WriteCard(Home, AuthorityHome.MakeCard(Home, card.Address, certificate, Routes.Tlcma));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CommandException)
        {
            LogCard(exception.Message);
        }
    }

    /// <summary>Makes the next key of the domain before anybody is served, where the store was restored from a backup; what the TLCMA and peers make comes when they are reached.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var local = (await Store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false)).Where(key => key.ExternalCma is null).ToArray();
        if (local.Length > 0 && Array.TrueForAll(local, key => key is { IsRetired: true, Source: null }))
        {
            await MaintainAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Requires the certificate of the TLCMA where there is one.</summary>
    /// <exception cref="CommandException">The CMA waits for it.</exception>
    public void RequireCertified()
    {
        if (Routes.Tlcma is { } tlcma && !Identity.Certificate.Issuer.Equals(tlcma.ToName()))
        {
            throw new CommandException(
                ExitCodes.Waiting,
                $"{Home.Name} waits for its certificate from {tlcma.Name}. There, 'cki tlcma peer add --home DIR --card {Home.PathOf(AuthorityHome.CardFile)} --out FILE' makes it; here, 'cki cma join --home {Home.Root} --in FILE' takes it.");
        }
    }

    /// <inheritdoc/>
    protected override async Task RoundAsync(bool cardsChanged, CancellationToken cancellationToken)
    {
        if (TimeProvider.System.GetUtcNow() is var now && now - _lookedAt > LookInterval)
        {
            _lookedAt = now;
            var isRevoked = await Authority.Administration.IsRevokedAsync(cancellationToken).ConfigureAwait(false);
            if (isRevoked && !_isRevoked)
            {
                LogRevoked(Identity.Certificate.Issuer, Advice(Home));
            }

            _isRevoked = isRevoked;
            await ResumeAsync(cancellationToken).ConfigureAwait(false);
        }

        await Exchange.RoundAsync(cardsChanged, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says what to do where the CMA certificate is revoked.</summary>
    /// <param name="home">The home of the CMA.</param>
    public static string Advice(Home home) => $"'cki cma renew --home {home.Root} --in-days 0' makes another key, 'cki tlcma peer add' there certifies it, 'cki cma join' here takes it; then start the CMA anew";

    /// <inheritdoc/>
    protected override void DisposeHandler() => Authority.Dispose();

    [LoggerMessage(3, LogLevel.Warning, "The card of this CMA cannot be written anew with the certificate that has taken over: {Reason}")]
    private partial void LogCard(string reason);

    [LoggerMessage(2, LogLevel.Error, "{Issuer} has revoked the certificate of this CMA: nothing is issued under it any more. {Advice}")]
    private partial void LogRevoked(object issuer, string advice);
}
