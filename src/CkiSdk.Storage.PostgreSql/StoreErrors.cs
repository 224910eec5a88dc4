using System.Net.Sockets;
using Npgsql;

namespace CkiSdk.Storage.PostgreSql;

/// <summary>Tells which errors pass, and says in words what is wrong with a store's database and what to do.</summary>
internal static class StoreErrors
{
    /// <summary>Tells whether to do the same once more makes sense: the connection broke, the server restarts, or another transaction was in the way.</summary>
    public static bool IsPassing(Exception exception) => exception switch
    {
        PostgresException { SqlState: var state } => state.StartsWith("08", StringComparison.Ordinal) || state is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction or IdleInTransaction,
        NpgsqlException => true,
        _ => exception is IOException and not CmaStoreException or SocketException or TimeoutException,
    };

    /// <summary>Translates an error of the driver or the server; others stay what they are.</summary>
    public static Exception Translate(string store, Exception exception) => exception switch
    {
        PostgresException failure => new CmaStoreException(store, Text(store, failure), failure),
        NpgsqlException or SocketException or TimeoutException => NotReached(store, exception),
        IOException and not CmaStoreException => NotReached(store, exception),
        _ => exception,
    };

    /// <summary>Reports that nobody could say whether something was stored.</summary>
    public static CmaStoreException InDoubt(string store, Exception exception) => new(
        store, $"The connection to {store} broke at a commit and did not come back: this operation may be stored or not. The same message again gets the answer that counts. ({Words(exception)})", exception);

    /// <summary>Reports a database that another program uses.</summary>
    public static CmaStoreException Foreign(string store) => new(
        store, $"{store} holds tables of another program. It was left as it is; name an empty database, or an empty schema by 'Search Path'.");

    /// <summary>Reports a database that a newer version of this program made.</summary>
    public static CmaStoreException TooNew(string store, int version, int known) => new(
        store, $"{store} has schema version {version}, and this program knows versions up to {known}. It was left as it is; use the newer program.");

    /// <summary>Reports a database whose texts are not UTF-8.</summary>
    public static CmaStoreException NotUtf8(string store, string encoding) => new(store, $"{store} has the encoding {encoding}, which does not hold all names. Make the database with ENCODING 'UTF8'.");

    private const string IdleInTransaction = "25P03";

    private static CmaStoreException NotReached(string store, Exception exception) => new(
        store, $"There is no connection to {store} ({Words(exception)}). What was reported as stored is safe, this operation is not stored; it can be repeated as soon as the server is there.", exception);

    private static string Text(string store, PostgresException failure) => failure.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => $"{store} refuses the user or the password ({failure.MessageText}).",
        PostgresErrorCodes.InvalidCatalogName => $"{store} does not exist ({failure.MessageText}). Make it with 'createdb --encoding UTF8'.",
        PostgresErrorCodes.InvalidSchemaName => $"{store} has no schema to make tables in ({failure.MessageText}). Make the schema that 'Search Path' names.",
        PostgresErrorCodes.InsufficientPrivilege => $"{store} does not let this user make or write the tables ({failure.MessageText}). Make him the owner of the database or of the schema.",
        PostgresErrorCodes.DiskFull => $"There is no room for {store}. What was reported as stored is safe, this operation is not stored; make room and repeat it.",
        PostgresErrorCodes.LockNotAvailable => $"Another process has locked {store} for too long. Nothing was stored; end that process or repeat the operation.",
        _ => $"{store} failed: {failure.MessageText} ({failure.SqlState}).",
    };

    private static string Words(Exception exception) => exception.GetBaseException().Message;
}
