using System.Data;
using System.Globalization;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Makes and migrates the tables of a store, one process at a time.</summary>
internal static class Schema
{
    // "CKI1": the first half of the advisory lock's key; the second tells the schemas of one database apart.
    private const int LockClass = 0x434B4931;

    private const string Begin =
        """
        CREATE TABLE cki_schema (id integer PRIMARY KEY CHECK (id = 1), version integer NOT NULL);
        INSERT INTO cki_schema VALUES (1, 0)
        """;

    /// <summary>Brings the schema to the newest version, in one transaction.</summary>
    /// <exception cref="CmaStoreException">The database is foreign, too new or has another encoding; it is left as it is.</exception>
    public static async ValueTask<bool> PrepareAsync(Session session, string store, IReadOnlyList<Migration> migrations)
    {
        await session.BeginAsync(IsolationLevel.ReadCommitted).ConfigureAwait(false);
        await session.ExecuteAsync("SELECT pg_advisory_xact_lock($1, hashtext(coalesce(current_schema(), '')))", LockClass).ConfigureAwait(false);
        if (await session.ScalarAsync("SELECT current_setting('server_encoding')").ConfigureAwait(false) is string encoding and not "UTF8") throw StoreErrors.NotUtf8(store, encoding);
        var version = await VersionAsync(session, store).ConfigureAwait(false);
        if (version > migrations.Count) throw StoreErrors.TooNew(store, version, migrations.Count);
        foreach (var migration in migrations.Where(migration => migration.Version > version))
        {
            await session.RunAsync(migration.Sql).ConfigureAwait(false);
            await session.RunAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE cki_schema SET version = {migration.Version}")).ConfigureAwait(false);
        }

        await session.CommitAsync().ConfigureAwait(false);
        return true;
    }

    private static async ValueTask<int> VersionAsync(Session session, string store)
    {
        var isOurs = await session.ScalarAsync("SELECT to_regclass(quote_ident(current_schema()) || '.cki_schema') IS NOT NULL").ConfigureAwait(false) is true;
        if (!isOurs)
        {
            if (await session.ScalarAsync("SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace LIMIT 1").ConfigureAwait(false) is not null) throw StoreErrors.Foreign(store);
            await session.RunAsync(Begin).ConfigureAwait(false);
        }

        return (int)(await session.ScalarAsync("SELECT version FROM cki_schema").ConfigureAwait(false))!;
    }
}
