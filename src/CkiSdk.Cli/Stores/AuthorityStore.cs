using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;
using CkiSdk.Storage.PostgreSql;
using CkiSdk.Storage.Sqlite;

namespace CkiSdk.Cli.Stores;

/// <summary>Opens the store of an authority's home, wherever it is.</summary>
internal static class AuthorityStore
{
    /// <summary>Says where the store is, for people.</summary>
    /// <param name="home">The home.</param>
    public static string PlaceOf(Home home) => home.Configuration.Store?.Address ?? home.PathOf(AuthorityHome.StoreFile);

    /// <summary>Opens the store, which must be there, and takes over what versions before kept beside it.</summary>
    /// <param name="home">The home.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">It is missing, or others may read its file.</exception>
    /// <exception cref="CmaStoreException">It is damaged, foreign or cannot be reached.</exception>
    public static async Task<ICmaStore> OpenAsync(Home home, CancellationToken cancellationToken)
    {
        var store = await OpenOnlyAsync(home, cancellationToken).ConfigureAwait(false);
        try
        {
            await FormerFiles.TakeOverAsync(home, store, cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes the store of a new home.</summary>
    /// <param name="home">The home.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandException">An authority uses the database already.</exception>
    /// <exception cref="CmaStoreException">It cannot be made.</exception>
    public static async Task<ICmaStore> CreateAsync(Home home, CancellationToken cancellationToken)
    {
        if (home.Configuration.Store is not { } place)
        {
            return await SqliteCmaStore.OpenAsync(home.PathOf(AuthorityHome.StoreFile), TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        var store = await ConnectAsync(home, place, cancellationToken).ConfigureAwait(false);
        try
        {
            if ((await store.ReadAuditPartAsync(0, 0, cancellationToken).ConfigureAwait(false)).Head.Number > 0)
            {
                throw CommandException.Usage($"{place.Address} is the store of an authority already. For another process of the same authority use its home, or a copy of that; a new authority needs an empty database or schema.");
            }

            var begun = new AuditEntry(TimeProvider.System.GetUtcNow(), "store.begun", home.Name.Canonical, home.Configuration.Kind);
            await store.CommitAsync(UnitOfWork.Of(new StoreChange.Audit(begun)), cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<ICmaStore> OpenOnlyAsync(Home home, CancellationToken cancellationToken)
    {
        if (home.Configuration.Store is { } place)
        {
            return await ConnectAsync(home, place, cancellationToken).ConfigureAwait(false);
        }

        var path = home.Require(AuthorityHome.StoreFile);
        SecretFile.RequireOwnerOnly(path);
        return await SqliteCmaStore.OpenAsync(path, TimeProvider.System, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ICmaStore> ConnectAsync(Home home, StorePlace place, CancellationToken cancellationToken) =>
        await PostgreSqlCmaStore.OpenAsync(PostgreSqlAddress.ToConnectionString(home, place), TimeProvider.System, cancellationToken).ConfigureAwait(false);
}
