using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Routes;
using CkiSdk.Cli.Stores;
using CkiSdk.Crypto.Software;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;

namespace CkiSdk.Cli.Hosting;

/// <summary>Is what an authority is made of, opened and found to belong together.</summary>
/// <param name="Home">The home.</param>
/// <param name="Identity">The certificates and keys.</param>
/// <param name="Store">The store.</param>
/// <param name="Routes">The ways to other parties.</param>
internal sealed record AuthorityParts(Home Home, AuthorityIdentity Identity, ICmaStore Store, PeerRoutes Routes)
{
    /// <summary>Opens the parts of a home.</summary>
    /// <param name="home">The home.</param>
    /// <param name="settings">How.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">Something in the home is missing, damaged or another's, or the store holds keys of another home.</exception>
    /// <exception cref="CmaStoreException">The store is damaged, foreign or cannot be reached.</exception>
    public static async Task<AuthorityParts> OpenAsync(Home home, HostSettings settings, CancellationToken cancellationToken)
    {
        var identity = await ReadAsync(home, cancellationToken).ConfigureAwait(false);
        ICmaStore? store = null;
        try
        {
            store = await AuthorityStore.OpenAsync(home, cancellationToken).ConfigureAwait(false);
            await RequireSameKeyAsync(home, identity, store, cancellationToken).ConfigureAwait(false);
            if (await OwnCertificates.FollowAsync(home, new PeerCards(store, home.Name), cancellationToken).ConfigureAwait(false))
            {
                identity.Dispose();
                identity = await ReadAsync(home, cancellationToken).ConfigureAwait(false);
            }

            return new AuthorityParts(home, identity, store, await PeerRoutes.OpenAsync(home, identity, store, settings.Wrap, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            if (store is not null)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }

            identity.Dispose();
            throw;
        }
    }

    private static Task<AuthorityIdentity> ReadAsync(Home home, CancellationToken cancellationToken) =>
        AuthorityIdentity.ReadAsync(home, CryptoProviders.Software, TimeProvider.System.GetUtcNow(), cancellationToken);

    // Found out at the start and not by the users.
    private static async Task RequireSameKeyAsync(Home home, AuthorityIdentity identity, ICmaStore store, CancellationToken cancellationToken)
    {
        foreach (var key in await store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false))
        {
            using var opened = CryptoProviders.Software.KeyWrap.Unwrap(identity.Party.HomeKey, key.WrappedKey.Span)
                ?? throw CommandException.Usage($"The key of {home.Root} does not open the keys in {AuthorityStore.PlaceOf(home)}: one of the two is another home's.");
        }
    }
}
